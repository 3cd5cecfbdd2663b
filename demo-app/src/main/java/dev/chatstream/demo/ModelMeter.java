package dev.chatstream.demo;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What this pod's model is paid for. */
@RestController
final class ModelMeter {
    private final ScriptedModel model;

    ModelMeter(ScriptedModel model) {
        this.model = model;
    }

    @GetMapping("/model")
    Sent sent() {
        return new Sent(model.sent());
    }

    record Sent(long words) {}
}
