package dev.chatstream.agent.shapes;

import java.util.List;

/**
 * LangChain4j's {@code TokenStream}: the caller gets one that stands for it, and each {@code start()} of that is a subscription.
 * Over with the complete response or an error. An abort is told by {@code onError} at once, the model is cancelled at its
 * next event.
 */
final class TokenStreamShape implements Shape {

    private final StandIns standIns;
    private final TokenStreamSlots slots;
    private final Handles handles;
    private final NamedMethod text;

    TokenStreamShape(StandIns standIns, Openings openings) {
        this.standIns = standIns;
        this.slots = new TokenStreamSlots(openings);
        this.handles = new Handles(standIns, openings);
        this.text = new NamedMethod("text", 0, openings);
    }

    @Override
    public List<String> types() {
        return List.of("dev.langchain4j.service.TokenStream");
    }

    @Override
    public boolean replaces() {
        return true;
    }

    @Override
    public boolean isSubscribed() {
        return true;
    }

    @Override
    public boolean fits(Object value, Class<?> declared) {
        return standIns.fits(value, declared);
    }

    @Override
    public Object follow(Object value, Outlet outlet) {
        TokenStreamCalls calls = new TokenStreamCalls(slots, handles, text, outlet.publication());
        Object standIn = standIns.of(value, calls);
        return standIn == null ? value : standIn;
    }
}
