package dev.chatstream.agent.shapes;

/** Subscribes to publishers of one kind through a {@link Delivery}; linked as an {@link Adapter}. */
public interface PublisherAdapter {

    /** A consumer has subscribed to what stands for the source. */
    void subscribe(Object source, Object consumer, Publication publication);
}
