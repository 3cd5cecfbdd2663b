package dev.chatstream.agent.adapters.springmvc;

import dev.chatstream.agent.shapes.Adapter;
import dev.chatstream.agent.shapes.Outlet;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Callable;
import org.springframework.web.context.request.async.CallableProcessingInterceptor;
import org.springframework.web.context.request.async.WebAsyncTask;

/** {@link WebAsyncTask}: the caller gets another one, whose callable has its stream while it runs. */
final class TaskAdapter implements Adapter {

    /** What Spring asks for a task's callbacks; not public. */
    private final MethodHandle interceptor = MethodHandles.privateLookupIn(WebAsyncTask.class, MethodHandles.lookup())
            .findVirtual(
                    WebAsyncTask.class, "getInterceptor", MethodType.methodType(CallableProcessingInterceptor.class));

    TaskAdapter() throws ReflectiveOperationException {}

    @Override
    @SuppressWarnings("unchecked") // its callable is one of its own type
    public Object follow(Object value, Outlet outlet) {
        WebAsyncTask<Object> task = (WebAsyncTask<Object>) value;
        Callable<Object> callable = (Callable<Object>) task.getCallable();
        return new FollowedTask<>(task, outlet.running(callable), interceptor(task));
    }

    private CallableProcessingInterceptor interceptor(WebAsyncTask<?> task) {
        try {
            return (CallableProcessingInterceptor) interceptor.invokeExact((WebAsyncTask<?>) task);
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
