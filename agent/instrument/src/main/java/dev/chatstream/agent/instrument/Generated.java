package dev.chatstream.agent.instrument;

/**
 * Knows the subclasses that frameworks generate at build or run time to put themselves before a method, by their names.
 * Where it errs a call is guarded twice, which is the same as once: the second joins the first.
 */
final class Generated {

    private static final String[] PARTS = {
        "$$SpringCGLIB$$", "$$EnhancerBy", "$$_", "_$$_", "$$Owb", "$ByteBuddy$", "$HibernateProxy$", "$MockitoMock$"
    };

    private static final String[] ENDS = {"_ClientProxy", "_Subclass", "$Intercepted"};

    private Generated() {}

    /** Whether it is a mock, whose calls are answered by a test. A spy's real method is another class's. */
    static boolean isMock(String type) {
        return type.contains("$MockitoMock$");
    }

    static boolean isNamedSo(String type) {
        for (String part : PARTS) {
            if (type.contains(part)) {
                return true;
            }
        }
        for (String end : ENDS) {
            if (type.endsWith(end)) {
                return true;
            }
        }
        return false;
    }
}
