package dev.chatstream.demo.tour;

/** What one can do with the two pods that stay up. */
final class Invitation {
    private Invitation() {}

    static String to(Pod one, Pod two) {
        return """

                Both pods with ChatStream stay up until Ctrl-C. In a browser, side by side (each page has two tabs of one chat):
                  %1$s
                  %2$s
                Or by hand, a message to the one, while it answers a second to the other, and a Stop:
                  curl -N -H 'X-User: ann' -H 'Content-Type: application/json' -d '{"text":"Count to 80"}' %1$s/chats/mine/messages
                  curl -N -H 'X-User: ann' -H 'Content-Type: application/json' -d '{"text":"Spell 26 letters"}' %2$s/chats/mine/messages
                  curl -X POST -H 'X-User: ann' %2$s/chats/mine/stop
                  curl -H 'X-User: ann' %2$s/chats/mine""".formatted(one.address(), two.address());
    }
}
