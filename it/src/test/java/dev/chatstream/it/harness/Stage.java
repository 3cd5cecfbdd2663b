package dev.chatstream.it.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server for the tests of a class, two pods that all of them share, and pods of a single test. Tests that share keep
 * apart by the ids of their chats and calls.
 */
public final class Stage implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    private final UnaryOperator<PodPlan> ofAll;
    private final UnaryOperator<PodPlan> ofSecond;
    private final List<String> options;
    private final List<Pod> lasting = new ArrayList<>();
    private final List<Pod> ofTheTest = new ArrayList<>();
    private @Nullable RedisUnderTest server;

    private Stage(UnaryOperator<PodPlan> ofAll, UnaryOperator<PodPlan> ofSecond, List<String> options) {
        this.ofAll = ofAll;
        this.ofSecond = ofSecond;
        this.options = options;
    }

    public static Stage plain() {
        return with(plan -> plan);
    }

    /** All pods are changed so. */
    public static Stage with(UnaryOperator<PodPlan> ofAll) {
        return new Stage(ofAll, UnaryOperator.identity(), List.of());
    }

    /** The second pod is changed so, too. */
    public Stage second(UnaryOperator<PodPlan> change) {
        return new Stage(ofAll, change, options);
    }

    /** The server starts with these options. */
    public Stage serverOptions(String... values) {
        return new Stage(ofAll, ofSecond, List.of(values));
    }

    public RedisUnderTest redis() {
        return Objects.requireNonNull(server);
    }

    /** What any client reads under the chat's key: the stream that holds it, or null. */
    public @Nullable String holderOf(String chatId) {
        return redis().client().get(RedisUnderTest.lockOf(chatId));
    }

    /** Waits until any client reads this under the chat's key. */
    public void awaitHolder(String chatId, @Nullable String streamId) {
        Eventually.until(
                "the lock of " + chatId + " says " + streamId, () -> Objects.equals(holderOf(chatId), streamId));
    }

    public PodPlan plan() {
        return ofAll.apply(PodPlan.on(redis().uri()));
    }

    /** A pod that all tests of the class share. */
    public Pod first() {
        return lasting(0);
    }

    /** Another pod that all tests of the class share. */
    public Pod second() {
        return lasting(1);
    }

    private Pod lasting(int number) {
        while (lasting.size() <= number) {
            PodPlan next = lasting.isEmpty() ? plan() : ofSecond.apply(plan());
            lasting.add(Pod.launch(next).connected());
        }
        return lasting.get(number);
    }

    /** A pod for this test, which has reached Redis. */
    public Pod pod() {
        return pod(plan());
    }

    public Pod pod(PodPlan plan) {
        return launch(plan).connected();
    }

    /** A process for this test, of any kind; nothing is waited for. */
    public Pod launch(PodPlan plan) {
        Pod pod = Pod.launch(plan);
        ofTheTest.add(pod);
        return pod;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Announcement.once(context);
        server = Servers.start(options.toArray(String[]::new));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            System.out.println("--- " + context.getDisplayName() + " failed; what the pods had said:");
            lasting.forEach(System.out::println);
            ofTheTest.forEach(System.out::println);
        }
        ofTheTest.forEach(Pod::close);
        ofTheTest.clear();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        lasting.forEach(Pod::close);
        lasting.clear();
        redis().close();
    }
}
