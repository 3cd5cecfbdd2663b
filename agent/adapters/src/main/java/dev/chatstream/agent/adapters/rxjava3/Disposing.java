package dev.chatstream.agent.adapters.rxjava3;

import dev.chatstream.agent.shapes.Delivery;
import dev.chatstream.agent.shapes.Publication;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.internal.disposables.DisposableHelper;
import org.jspecify.annotations.Nullable;

/** A delivery of a source that is not asked for elements, and disposed of to cancel it. */
abstract class Disposing extends Delivery implements Disposable {

    private volatile @Nullable Disposable upstream;
    private volatile boolean disposed;

    Disposing(Publication publication) {
        super(publication);
    }

    public final void onSubscribe(Disposable source) {
        if (DisposableHelper.validate(upstream, source)) {
            upstream = source;
            arrived();
        }
    }

    @Override
    protected final void cancelSource() {
        Disposable there = upstream;
        if (there != null) {
            there.dispose();
        }
    }

    @Override
    public final void dispose() {
        disposed = true;
        cancelled();
    }

    @Override
    public final boolean isDisposed() {
        return disposed;
    }
}
