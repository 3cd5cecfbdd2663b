/** A service that is a named module, and uses the API as one. */
module dev.chatstream.it.place {
    requires dev.chatstream;
    requires jdk.httpserver;
    requires static org.jspecify;

    exports dev.chatstream.it.place;
}
