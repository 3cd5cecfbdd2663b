package dev.chatstream.agent.adapters.springmvc;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.async.CallableProcessingInterceptor;
import org.springframework.web.context.request.async.WebAsyncTask;

/** Another task's timeout, executor and callbacks, those that are set later too, and a callable of its own. */
final class FollowedTask<V> extends WebAsyncTask<V> {

    /** Only so does a constructor take a timeout that may be missing; the executor is asked for below. */
    private static final String NO_NAME = "";

    private final WebAsyncTask<V> source;

    /**
     * @param callbacks those of the source, as they are when they are needed; none of them looks at the request, of which the
     *     interceptor's methods have to be given something
     */
    @SuppressWarnings({"unchecked", "NullAway"})
    FollowedTask(WebAsyncTask<V> source, Callable<V> callable, CallableProcessingInterceptor callbacks) {
        super(source.getTimeout(), NO_NAME, callable);
        this.source = source;
        NativeWebRequest none = null;
        super.onTimeout(() -> (V) callbacks.handleTimeout(none, callable));
        super.onError(() -> (V) callbacks.handleError(none, callable, new IllegalStateException("unknown")));
        super.onCompletion(() -> complete(callbacks, callable));
    }

    @SuppressWarnings("NullAway") // as above
    private static void complete(CallableProcessingInterceptor callbacks, Callable<?> callable) {
        try {
            callbacks.afterCompletion(null, callable);
        } catch (RuntimeException itsOwn) {
            throw itsOwn;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void setBeanFactory(BeanFactory beanFactory) {
        source.setBeanFactory(beanFactory);
    }

    @Override
    public @Nullable AsyncTaskExecutor getExecutor() {
        return source.getExecutor();
    }

    @Override
    public void onTimeout(Callable<V> callback) {
        source.onTimeout(callback);
    }

    @Override
    public void onError(Callable<V> callback) {
        source.onError(callback);
    }

    @Override
    public void onCompletion(Runnable callback) {
        source.onCompletion(callback);
    }
}
