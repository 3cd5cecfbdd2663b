package dev.chatstream.agent.shapes;

import dev.chatstream.agent.core.Journal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The table of shapes, and the way in to them. */
public final class Shapes {

    /** Iterable, and over all the same when the method returns. */
    private static final List<String> PLAIN = List.of("java.util.Collection", "java.nio.file.Path");

    /** Followed if it hands out what is read; by its name alone that cannot be told. */
    private static final String CLOSEABLE = "java.lang.AutoCloseable";

    private static final String EMITTER = "~org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter";
    private static final String DEFERRED_RESULT = "~org.springframework.web.context.request.async.DeferredResult";
    private static final String STREAMING_BODY =
            "~org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody";
    private static final String RESPONSE_ENTITY = "~org.springframework.http.ResponseEntity";
    private static final String HTTP_ENTITY = "~org.springframework.http.HttpEntity";

    /** The first that follows a value's type counts. */
    private final List<Shape> all;

    private final Outlet.Following following;

    private final Arguments arguments;

    /**
     * @param completesOnStop whether, where the method does not say, the consumer of a returned stream sees a Stop as a normal
     *     end
     */
    public Shapes(Openings openings, Journal journal, boolean completesOnStop) {
        StandIns standIns = new StandIns(openings);
        Inner inner = this::ofInner;
        this.following = new Outlet.Following(journal, completesOnStop, inner);
        Shape emitter = new AdaptedShape(EMITTER, "springmvc.EmitterAdapter", false);
        Shape mono = AdaptedShape.ofPublisher("~reactor.core.publisher.Mono", "reactor.ReactorAdapter");
        this.all = List.of(
                new CompletableFutureShape(inner),
                new CompletionStageShape(inner),
                new FutureShape(),
                AdaptedShape.ofPublisher("~reactor.core.publisher.Flux", "reactor.ReactorAdapter"),
                mono,
                AdaptedShape.ofPublisher("~io.reactivex.rxjava3.core.Flowable", "rxjava3.RxJavaAdapter"),
                AdaptedShape.ofPublisher("~io.reactivex.rxjava3.core.Observable", "rxjava3.RxJavaAdapter"),
                AdaptedShape.ofPublisher("~io.reactivex.rxjava3.core.Single", "rxjava3.RxJavaAdapter"),
                AdaptedShape.ofPublisher("~io.reactivex.rxjava3.core.Maybe", "rxjava3.RxJavaAdapter"),
                AdaptedShape.ofPublisher("~io.reactivex.rxjava3.core.Completable", "rxjava3.RxJavaAdapter"),
                AdaptedShape.ofPublisher("~io.smallrye.mutiny.Multi", "mutiny.MutinyAdapter"),
                AdaptedShape.ofPublisher("~io.smallrye.mutiny.Uni", "mutiny.MutinyAdapter"),
                PublisherShape.of(standIns, "~org.reactivestreams.Publisher", "reactivestreams.ReactiveStreamsAdapter"),
                PublisherShape.ofFlow(standIns),
                new PullShape(standIns, "java.util.stream.BaseStream"),
                new PullShape(standIns, "java.util.Iterator"),
                new InputStreamShape(),
                new ReaderShape(),
                emitter,
                new AdaptedShape(DEFERRED_RESULT, "springmvc.DeferredResultAdapter", false),
                new AdaptedShape(
                        "~org.springframework.web.context.request.async.WebAsyncTask", "springmvc.TaskAdapter", true),
                new BodyShape(standIns, new Library(STREAMING_BODY).name(), "writeTo", 1),
                new HolderShape(List.of(RESPONSE_ENTITY, HTTP_ENTITY), "springmvc.EntityAdapter", inner),
                new ServerResponseShape(standIns, mono),
                new OptionalShape(inner),
                new HttpResponseShape(inner, standIns),
                new AsyncResponseShape(standIns, openings),
                new BodyShape(standIns, "java.util.concurrent.Callable", "call", 0),
                new TokenStreamShape(standIns, openings),
                new PullShape(standIns, "java.lang.Iterable"),
                new PullShape(standIns, CLOSEABLE));
        this.arguments = new Arguments(List.of(new HandlerShape(standIns, openings), emitter), following);
    }

    private final ClassValue<Optional<Shape>> byType = new ClassValue<>() {
        @Override
        protected Optional<Shape> computeValue(Class<?> type) {
            for (String name : PLAIN) {
                if (extendsOrIs(type, name)) {
                    return Optional.empty();
                }
            }
            for (Shape shape : all) {
                for (String name : shape.types()) {
                    if (extendsOrIs(type, name)) {
                        return Optional.of(shape);
                    }
                }
            }
            return Optional.empty();
        }
    };

    /**
     * What becomes of a returned value.
     *
     * @param result what the method's caller gets
     * @param methodLeft to be done once the method has left its stream
     * @param fault an error of the agent's own: the value is not followed, and its stream ends with the method
     */
    public record Followed(
            @Nullable Object result,
            Runnable methodLeft,
            @Nullable Throwable fault) {

        private static Followed plain(@Nullable Object result, @Nullable Throwable fault) {
            return new Followed(result, () -> {}, fault);
        }
    }

    /** Follows a value that a method is about to return. Does not block; never throws. */
    public Followed follow(@Nullable Object returned, Passage passage) {
        Outlet outlet = null;
        try {
            Shape shape = returned == null ? null : of(returned, passage::declared);
            if (returned == null || shape == null) {
                return Followed.plain(returned, null);
            }
            outlet = new Outlet(passage, following);
            if (shape.isOver(returned)) {
                outlet.end();
                return new Followed(returned, outlet::methodLeft, null);
            }
            return new Followed(shape.follow(returned, outlet), outlet::methodLeft, null);
        } catch (Throwable fault) {
            if (outlet == null) {
                return Followed.plain(returned, fault);
            }
            outlet.end(); // or the chat would be held for ever
            return new Followed(returned, outlet::methodLeft, fault);
        }
    }

    /**
     * What becomes of the arguments of a call.
     *
     * @param methodLeft to be done once the method has left its stream
     * @param methodThrew to be done where it has thrown: whatever it was given is no part of its stream any more
     * @param fault an error of the agent's own: an argument is not followed
     */
    public record Given(
            Runnable methodLeft,
            Runnable methodThrew,
            @Nullable Throwable fault) {

        public static final Given NOTHING = new Given(() -> {}, () -> {}, null);
    }

    /**
     * Follows callbacks that a method is given, before its body runs: its stream is held open until they have been called for
     * the last time. Does not block; never throws.
     *
     * @param given the arguments; those that something else stands for are exchanged in it
     */
    public Given followArguments(@Nullable Object[] given, Passage passage) {
        return arguments.follow(given, passage);
    }

    /**
     * Whether arguments for a parameter are followed; all by internal name.
     *
     * @param ancestors the declared type and those above it
     * @param anyCanStandForIt whether it is an interface
     */
    public boolean followArguments(Set<String> ancestors, boolean anyCanStandForIt) {
        return arguments.follow(ancestors, anyCanStandForIt);
    }

    /**
     * Whether a class is one of the agent's beside the application's: an adapter, or a stand-in, which implements what its
     * object does and is not guarded a second time.
     *
     * @param type internal name
     */
    public static boolean isOwn(ClassLoader loader, String type) {
        return loader instanceof AdapterLoader || StandInFile.isNamedSo(type);
    }

    /**
     * The shape of a value; null: a plain one, which is over when the method returns, or one that nothing else can stand for.
     *
     * @param declared the type that it was declared as, asked for only where the shape replaces it
     */
    @Nullable
    Shape of(Object value, Supplier<Class<?>> declared) {
        Shape shape = byType.get(value.getClass()).orElse(null);
        return shape == null || (shape.replaces() && !shape.fits(value, declared.get())) ? null : shape;
    }

    /** The shape of what another value holds, of which is not known how it was declared. */
    private @Nullable Shape ofInner(@Nullable Object held) {
        return held == null ? null : of(held, () -> Object.class);
    }

    /**
     * Whether values of a declared type are followed; all by internal name.
     *
     * @param ancestors the type and those above it
     * @param anyCanStandForIt whether it is an interface; for a class nothing else can stand but what a shape knows
     */
    public boolean follow(String declared, Set<String> ancestors, boolean anyCanStandForIt) {
        return ofDeclared(declared, ancestors, anyCanStandForIt) != null;
    }

    /** Whether values of a declared type are publishers that are followed; as {@link #follow}. */
    public boolean areSubscribed(String declared, Set<String> ancestors, boolean anyCanStandForIt) {
        Shape shape = ofDeclared(declared, ancestors, anyCanStandForIt);
        return shape != null && shape.isSubscribed();
    }

    /** Whether values of a declared type only hold another one; as {@link #follow}. */
    public boolean areHolders(String declared, Set<String> ancestors, boolean anyCanStandForIt) {
        Shape shape = ofDeclared(declared, ancestors, anyCanStandForIt);
        return shape != null && shape.isHolder();
    }

    /** Whether callers get another object for values of a declared type; as {@link #follow}. */
    public boolean replace(String declared, Set<String> ancestors, boolean anyCanStandForIt) {
        Shape shape = ofDeclared(declared, ancestors, anyCanStandForIt);
        return shape != null && shape.replaces();
    }

    private @Nullable Shape ofDeclared(String declared, Set<String> ancestors, boolean anyCanStandForIt) {
        for (int i = 0; i < all.size(); i++) {
            Shape shape = all.get(i);
            for (int j = 0; j < shape.types().size(); j++) {
                String type = shape.types().get(j).replace('.', '/');
                if (!shape.types().get(j).equals(CLOSEABLE)
                        && ancestors.contains(type)
                        && (!shape.replaces() || anyCanStandForIt || declared.equals(type))) {
                    return shape;
                }
            }
        }
        return null;
    }

    /** Whether an interface that wants to be closed is followed, for this method of its: by its descriptor. */
    public static boolean followByMethod(String descriptor) {
        return HandedOut.by(descriptor);
    }

    /** By name, since most of these types are the application's. */
    static boolean extendsOrIs(@Nullable Class<?> type, String name) {
        if (type == null) {
            return false;
        }
        if (type.getName().equals(name) || extendsOrIs(type.getSuperclass(), name)) {
            return true;
        }
        for (Class<?> implemented : type.getInterfaces()) {
            if (extendsOrIs(implemented, name)) {
                return true;
            }
        }
        return false;
    }
}
