package dev.chatstream.agent.adapters.springmvc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.adapters.Guarding;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.RequestEntity;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

class EntityTest {

    private final Guarding guarding = Guarding.asConfigured();

    @AfterEach
    void end() {
        guarding.close();
    }

    private static HttpHeaders headers() {
        HttpHeaders headers = new HttpHeaders();
        headers.add("X-Own", "one");
        headers.add("X-Own", "two");
        return headers;
    }

    @Test
    void aResponseAroundAStreamIsOneOfTheSameStatusAndHeaders() throws Exception {
        ResponseEntity<Stream<String>> given =
                ResponseEntity.status(499).headers(headers()).body(Stream.of("a"));
        ResponseEntity<Stream<String>> seen = guarding.call(ResponseEntity.class, () -> given);
        guarding.isHeld();
        assertThat(seen.getClass()).isEqualTo(ResponseEntity.class);
        assertThat(seen.getStatusCode().value()).isEqualTo(499);
        assertThat(seen.getHeaders()).isEqualTo(given.getHeaders());
        assertThat(seen.getBody()).containsExactly("a");
        guarding.becomesFree();
    }

    @Test
    void anEntityAroundABodyIsOneOfTheSameHeaders() throws Exception {
        HttpEntity<StreamingResponseBody> given = new HttpEntity<>(out -> out.write(7), headers());
        HttpEntity<StreamingResponseBody> seen = guarding.call(HttpEntity.class, () -> given);
        assertThat(seen.getClass()).isEqualTo(HttpEntity.class);
        assertThat(seen.getHeaders()).isEqualTo(given.getHeaders());
        guarding.isHeld();
        seen.getBody().writeTo(java.io.OutputStream.nullOutputStream());
        guarding.becomesFree();
    }

    @Test
    void oneAroundWhatIsFollowedFromTheSideStaysWhatItIs() throws Exception {
        ResponseBodyEmitter emitter = new ResponseBodyEmitter();
        ResponseEntity<ResponseBodyEmitter> given = new ResponseEntity<>(emitter, HttpStatus.OK);
        assertThat(guarding.<Object>call(ResponseEntity.class, () -> given)).isSameAs(given);
        guarding.isHeld();
        emitter.complete();
        guarding.becomesFree();
    }

    @Test
    void aSubclassStaysWhatItIsAndIsFollowedWhereThatNeedsNoOther() throws Exception {
        ResponseBodyEmitter emitter = new ResponseBodyEmitter();
        RequestEntity<ResponseBodyEmitter> followed = new RequestEntity<>(emitter, HttpMethod.GET, URI.create("/"));
        assertThat(guarding.<Object>call(HttpEntity.class, () -> followed)).isSameAs(followed);
        guarding.isHeld();
        emitter.complete();
        guarding.becomesFree();

        RequestEntity<Stream<String>> not = new RequestEntity<>(Stream.of("a"), HttpMethod.GET, URI.create("/"));
        assertThat(guarding.<Object>call(HttpEntity.class, () -> not)).isSameAs(not);
        guarding.becomesFree();
    }

    @Test
    void oneAroundAPlainValueOrNothingIsAPlainValue() throws Exception {
        ResponseEntity<String> plain = ResponseEntity.ok("text");
        assertThat(guarding.<Object>call(ResponseEntity.class, () -> plain)).isSameAs(plain);
        guarding.becomesFree();
        ResponseEntity<Void> empty = ResponseEntity.noContent().build();
        assertThat(guarding.<Object>call(ResponseEntity.class, () -> empty)).isSameAs(empty);
        guarding.becomesFree();
    }
}
