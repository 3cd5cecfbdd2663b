package dev.chatstream.agent.adapters.springmvc;

import dev.chatstream.agent.shapes.Adapter;
import java.lang.reflect.Constructor;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/** {@link HttpEntity} and {@link ResponseEntity}; what is below these cannot be built anew, and keeps what it holds. */
final class EntityAdapter implements Adapter.Around {

    /** With a body and headers, whose declared type is another one before Spring 7. */
    private final Constructor<?> entity = entity();

    EntityAdapter() throws NoSuchMethodException {}

    @Override
    public @Nullable Object held(Object value) {
        return ((HttpEntity<?>) value).getBody();
    }

    @Override
    public boolean canHoldAnother(Object value) {
        return value.getClass().equals(ResponseEntity.class) || value.getClass().equals(HttpEntity.class);
    }

    @Override
    public Object holding(Object value, Object other) {
        HttpHeaders headers = ((HttpEntity<?>) value).getHeaders();
        if (value instanceof ResponseEntity<?> response) {
            return ResponseEntity.status(response.getStatusCode())
                    .headers(headers)
                    .body(other);
        }
        try {
            return entity.newInstance(other, headers);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Constructor<?> entity() throws NoSuchMethodException {
        for (Constructor<?> each : HttpEntity.class.getConstructors()) {
            Class<?>[] parameters = each.getParameterTypes();
            if (parameters.length == 2 && parameters[1].isAssignableFrom(HttpHeaders.class)) {
                return each;
            }
        }
        throw new NoSuchMethodException("HttpEntity of a body and headers");
    }
}
