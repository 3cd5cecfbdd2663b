package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Journal;
import dev.chatstream.agent.shapes.Openings;
import dev.chatstream.agent.shapes.Shapes;
import java.lang.instrument.Instrumentation;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts the parts of the weaving together. */
final class Assembly {
    private final Instrumentation instrumentation;
    private final Journal journal;
    private final Weaving.Options options;
    private final LoadedBefore.HeadStart headStart;
    private final OwnErrors errors;
    private final Telemetry telemetry;
    private final Realms realms = new Realms();
    private final Openings openings;
    private final Shapes shapes;

    Assembly(
            Instrumentation instrumentation,
            Journal journal,
            Weaving.Options options,
            LoadedBefore.HeadStart headStart) {
        this.instrumentation = instrumentation;
        this.journal = journal;
        this.options = options;
        this.headStart = headStart;
        this.errors = new OwnErrors(journal);
        this.telemetry = new Telemetry(errors);
        this.openings = new Openings(instrumentation);
        this.shapes = new Shapes(openings, journal, options.completesOnStop());
    }

    Optional<Weaving> install(Guard guard, Control control, Runnable onFirstGuarded) {
        Connection connection = new Connection(instrumentation, new Supplier<>() {
            @Override
            public Connection.Ends get() { // no lambda: it is called inside class loading
                Calls calls =
                        new Calls(new Sites(realms), new Properties(openings), shapes, telemetry, errors, journal);
                return new Connection.Ends(calls, new Desk(control, errors));
            }
        });
        Later later = new Later(errors);
        MethodRules rules = (MethodRules) options.rules();
        Findings findings = (Findings) options.report();
        Retries retries = new Retries(instrumentation, realms, rules, findings, later, errors, journal);
        Reweaving reweaving = new Reweaving(instrumentation, realms, retries, later, journal);
        Finder.Consequences consequences = new Consequences(
                reweaving, new LastResorts(instrumentation, journal), later, findings, shapes, onFirstGuarded);
        Planner planner = new Planner(shapes, options.strict());
        Finder finder = new Finder(realms, rules, planner, guard, connection, consequences, journal);
        Transformer transformer = new Transformer(finder, telemetry, retries);
        Warmup.run(finder, later);
        if (options.strict() && finder.workshop().loom() == null) {
            connection.end();
            return Optional.empty();
        }
        instrumentation.addTransformer(transformer, true);
        new LoadedBefore(
                        instrumentation,
                        transformer,
                        finder,
                        rules,
                        telemetry,
                        retries,
                        findings,
                        errors,
                        journal,
                        headStart)
                .weave();
        return Optional.of(new Weaving(instrumentation, transformer, connection, later));
    }

    private static final class Consequences implements Finder.Consequences, Later.Job {
        private final Reweaving reweaving;
        private final LastResorts lastResorts;
        private final Later later;
        private final @Nullable Findings findings;
        private final Shapes shapes;
        private final Runnable onFirstGuarded;
        private final AtomicBoolean guarded = new AtomicBoolean();

        Consequences(
                Reweaving reweaving,
                LastResorts lastResorts,
                Later later,
                @Nullable Findings findings,
                Shapes shapes,
                Runnable onFirstGuarded) {
            this.reweaving = reweaving;
            this.lastResorts = lastResorts;
            this.later = later;
            this.findings = findings;
            this.shapes = shapes;
            this.onFirstGuarded = onFirstGuarded;
        }

        @Override
        public void guarded() {
            if (guarded.compareAndSet(false, true)) {
                later.add(this);
                if (lastResorts.any()) {
                    later.add(lastResorts);
                }
            }
        }

        @Override
        public void lastResort(ClassLoader loader, String type) {
            lastResorts.passed(loader, type);
        }

        @Override
        public void settled(ClassLoader loader, Plan plan) {
            if (findings != null) {
                findings.take(loader, plan.lines(), shapes);
            }
        }

        @Override
        public void late(ClassLoader loader, String type) {
            reweaving.late(loader, type);
        }

        @Override
        public void wanted(Adoption adoption) {
            reweaving.wanted(adoption);
        }

        @Override
        public State attempt() {
            onFirstGuarded.run();
            return State.DONE;
        }

        @Override
        public void giveUp() {
            // it is done at the first try
        }
    }
}
