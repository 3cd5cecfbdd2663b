package dev.chatstream.agent.adapters.springmvc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.adapters.Guarding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.web.context.request.async.CallableProcessingInterceptor;
import org.springframework.web.context.request.async.WebAsyncTask;

class TaskTest {

    private final Guarding guarding = Guarding.asConfigured();
    private final SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor();
    private final StringBuilder own = new StringBuilder();

    @AfterEach
    void end() {
        guarding.close();
    }

    private WebAsyncTask<String> returned(WebAsyncTask<String> task) {
        return guarding.call(WebAsyncTask.class, () -> task);
    }

    private static CallableProcessingInterceptor asSpringSees(WebAsyncTask<?> task) {
        return ReflectionTestUtils.invokeMethod(task, "getInterceptor");
    }

    @Test
    void itRunsInsideItsStreamWhichEndsWithIt() throws Exception {
        WebAsyncTask<String> task =
                returned(new WebAsyncTask<>(() -> guarding.guard.current().streamId()));
        guarding.isHeld();
        assertThat(task.getCallable().call()).isEqualTo(guarding.stream().streamId());
        guarding.becomesFree();
    }

    @Test
    void itHasNoTimeoutWhereItHadNone() {
        WebAsyncTask<String> task = returned(new WebAsyncTask<>(() -> ""));
        assertThat(task.getTimeout()).isNull();
        assertThat(task.getExecutor()).isNull();
    }

    @Test
    void itsTimeoutAndItsExecutorAreKept() {
        WebAsyncTask<String> task = returned(new WebAsyncTask<>(700L, executor, () -> ""));
        assertThat(task.getTimeout()).isEqualTo(700);
        assertThat(task.getExecutor()).isSameAs(executor);
    }

    @Test
    void anExecutorThatIsNamedIsFoundWhereSpringLooks() {
        WebAsyncTask<String> task = returned(new WebAsyncTask<>(700L, "pool", () -> ""));
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerSingleton("pool", executor);
        task.setBeanFactory(beans);
        assertThat(task.getExecutor()).isSameAs(executor);
    }

    @Test
    void itsOwnCallbacksAreCalledWhereverAndWheneverTheyAreSet() throws Exception {
        WebAsyncTask<String> source = new WebAsyncTask<>(() -> "");
        source.onTimeout(() -> "late");
        WebAsyncTask<String> task = returned(source);
        task.onCompletion(() -> own.append("completion"));
        source.onError(() -> "failed");
        CallableProcessingInterceptor seen = asSpringSees(task);
        assertThat(seen.handleTimeout(null, task.getCallable())).isEqualTo("late");
        assertThat(seen.handleError(null, task.getCallable(), new Throwable())).isEqualTo("failed");
        seen.afterCompletion(null, task.getCallable());
        assertThat(own).hasToString("completion");
    }

    @Test
    void whereThereAreNoneSpringDoesWhatItDoesThen() throws Exception {
        WebAsyncTask<String> task = returned(new WebAsyncTask<>(() -> ""));
        CallableProcessingInterceptor seen = asSpringSees(task);
        assertThat(seen.handleTimeout(null, task.getCallable())).isSameAs(CallableProcessingInterceptor.RESULT_NONE);
        assertThat(seen.handleError(null, task.getCallable(), new Throwable()))
                .isSameAs(CallableProcessingInterceptor.RESULT_NONE);
        seen.afterCompletion(null, task.getCallable());
    }
}
