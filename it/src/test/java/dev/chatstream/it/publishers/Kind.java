package dev.chatstream.it.publishers;

/** What a method returns; the application has a guarded method of that name. */
enum Kind {
    FLUX(Arity.MANY),
    MONO(Arity.ONE_OR_NONE),
    FLOWABLE(Arity.MANY),
    OBSERVABLE(Arity.MANY),
    SINGLE(Arity.ONE),
    MAYBE(Arity.ONE_OR_NONE),
    COMPLETABLE(Arity.NONE),
    MULTI(Arity.MANY),
    UNI(Arity.ONE_OR_NONE),
    /** An own class that is an {@code org.reactivestreams.Publisher}. */
    PUBLISHER(Arity.MANY),
    /** An own class that is a {@code java.util.concurrent.Flow.Publisher}. */
    FLOW(Arity.MANY),
    /** {@code CompletableFuture<Flux<String>>}. */
    FUTURE(Arity.MANY),
    /** {@code Optional<Flux<String>>}. */
    OPTIONAL(Arity.MANY),
    /** A {@code Flux} that is declared as {@code Object}. */
    OBJECT(Arity.MANY),
    /** A {@code Flux} that is declared as {@code <T>}. */
    GENERIC(Arity.MANY);

    /** How it ends. */
    enum Arity {
        /** Elements, and an end. */
        MANY,
        /** A value, which is the end, or an end without. */
        ONE_OR_NONE,
        /** A value, which is the end. */
        ONE,
        /** An end only. */
        NONE
    }

    final Arity arity;

    Kind(Arity arity) {
        this.arity = arity;
    }

    /** The guarded method's name. */
    String method() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The test tells the source this, one after the other, to have a whole answer. */
    java.util.List<String> whole() {
        return switch (arity) {
            case MANY -> java.util.List.of("next", "next", "done");
            case ONE, ONE_OR_NONE -> java.util.List.of("value");
            case NONE -> java.util.List.of("done");
        };
    }

    /** How many tokens that are. */
    int tokens() {
        return switch (arity) {
            case MANY -> 2;
            case ONE, ONE_OR_NONE -> 1;
            case NONE -> 0;
        };
    }
}
