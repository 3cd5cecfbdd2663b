package dev.chatstream.agent.shapes;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * A delivery of a source that is asked for its elements. Until the source has come, what the consumer asks for is added up;
 * from then on it is passed on as it is, what is not allowed too: that is the source's to answer.
 */
public abstract class Demand extends Delivery {

    private static final long PASSES = -1;
    private static final long NOT_ALLOWED = -2;

    private static final AtomicLongFieldUpdater<Demand> WANTED =
            AtomicLongFieldUpdater.newUpdater(Demand.class, "wanted");

    private volatile long wanted;

    protected Demand(Publication publication) {
        super(publication);
    }

    /** Asks the source, which has come. */
    protected abstract void requestOfSource(long elements);

    @Override
    final void sourceCame() {
        long before = WANTED.getAndSet(this, PASSES);
        if (before != 0 && before != PASSES) {
            requestOfSource(before == NOT_ALLOWED ? 0 : before);
        }
    }

    /** The consumer asks for so many elements more. */
    protected final void want(long elements) {
        while (true) {
            long before = wanted;
            if (before == PASSES) {
                requestOfSource(elements);
                return;
            }
            if (WANTED.compareAndSet(this, before, sum(before, elements))) {
                return;
            }
        }
    }

    private static long sum(long before, long more) {
        if (more <= 0 || before == NOT_ALLOWED) {
            return NOT_ALLOWED;
        }
        return before > Long.MAX_VALUE - more ? Long.MAX_VALUE : before + more;
    }
}
