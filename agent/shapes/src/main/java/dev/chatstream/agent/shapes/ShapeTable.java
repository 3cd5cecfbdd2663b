package dev.chatstream.agent.shapes;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The table of shapes: of values, and of what a method is given. A new shape is a row here. */
final class ShapeTable {

    /** Iterable, and over all the same when the method returns; unless it is a publisher too, as Reactor's queues are. */
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

    private final Arguments arguments;

    ShapeTable(StandIns standIns, Openings openings, Following following) {
        Inner inner = following.inner();
        Shape emitter = new AdaptedShape(EMITTER, "adapters.springmvc.EmitterAdapter", false);
        Shape mono = AdaptedShape.ofPublisher("~reactor.core.publisher.Mono", "adapters.reactor.ReactorAdapter");
        this.all = List.of(
                new CompletableFutureShape(inner),
                new CompletionStageShape(inner),
                new FutureShape(),
                AdaptedShape.ofPublisher("~reactor.core.publisher.Flux", "adapters.reactor.ReactorAdapter"),
                mono,
                AdaptedShape.ofPublisher("~io.reactivex.rxjava3.core.Flowable", "adapters.rxjava3.RxJavaAdapter"),
                AdaptedShape.ofPublisher("~io.reactivex.rxjava3.core.Observable", "adapters.rxjava3.RxJavaAdapter"),
                AdaptedShape.ofPublisher("~io.reactivex.rxjava3.core.Single", "adapters.rxjava3.RxJavaAdapter"),
                AdaptedShape.ofPublisher("~io.reactivex.rxjava3.core.Maybe", "adapters.rxjava3.RxJavaAdapter"),
                AdaptedShape.ofPublisher("~io.reactivex.rxjava3.core.Completable", "adapters.rxjava3.RxJavaAdapter"),
                AdaptedShape.ofPublisher("~io.smallrye.mutiny.Multi", "adapters.mutiny.MutinyAdapter"),
                AdaptedShape.ofPublisher("~io.smallrye.mutiny.Uni", "adapters.mutiny.MutinyAdapter"),
                PublisherShape.of(
                        standIns, "~org.reactivestreams.Publisher", "adapters.reactivestreams.ReactiveStreamsAdapter"),
                PublisherShape.ofFlow(standIns),
                new PullShape(standIns, "java.util.stream.BaseStream"),
                new PullShape(standIns, "java.util.Iterator"),
                new InputStreamShape(),
                new ReaderShape(),
                emitter,
                new AdaptedShape(DEFERRED_RESULT, "adapters.springmvc.DeferredResultAdapter", false),
                new AdaptedShape(
                        "~org.springframework.web.context.request.async.WebAsyncTask",
                        "adapters.springmvc.TaskAdapter",
                        true),
                new BodyShape(standIns, new Library(STREAMING_BODY).name(), "writeTo", 1),
                new HolderShape(List.of(RESPONSE_ENTITY, HTTP_ENTITY), "adapters.springmvc.EntityAdapter", inner),
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
            boolean plain = isOneOf(type, PLAIN);
            for (Shape shape : all) {
                if (isOneOf(type, shape.types()) && (!plain || shape.isSubscribed())) {
                    return Optional.of(shape);
                }
            }
            return Optional.empty();
        }
    };

    Arguments arguments() {
        return arguments;
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

    /** Why a value that has no shape here streams all the same, for people; null: it does not. */
    @Nullable
    String whyUnfit(Object value, Class<?> declared) {
        Shape shape = byType.get(value.getClass()).orElse(null);
        return shape == null ? null : shape.whyUnfit(value, declared);
    }

    /**
     * The shape that follows values of a declared type; all by internal name.
     *
     * @param ancestors the type and those above it
     * @param anyCanStandForIt whether it is an interface; for a class nothing else can stand but what a shape knows
     */
    @Nullable
    Shape ofDeclared(String declared, Set<String> ancestors, boolean anyCanStandForIt) {
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

    /** By binary name, the type by which values of a declared type are followed: as {@link #ofDeclared}, but for plain ones. */
    @Nullable
    String nameOfDeclared(String declared, Set<String> ancestors, boolean anyCanStandForIt) {
        Shape shape = ofDeclared(declared, ancestors, anyCanStandForIt);
        if (shape == null || (!shape.isSubscribed() && isPlain(ancestors))) {
            return null;
        }
        for (String type : shape.types()) {
            if (ancestors.contains(type.replace('.', '/'))) {
                return type;
            }
        }
        return null;
    }

    private static boolean isPlain(Set<String> ancestors) {
        for (String plain : PLAIN) {
            if (ancestors.contains(plain.replace('.', '/'))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a type, or one above it, has one of these names. */
    static boolean isOneOf(Class<?> type, List<String> names) {
        for (String name : names) {
            if (Library.find(type, name) != null) {
                return true;
            }
        }
        return false;
    }
}
