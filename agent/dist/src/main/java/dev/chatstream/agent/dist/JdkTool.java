package dev.chatstream.agent.dist;

/** The JDK's own tools, which get the flag too where it stands in {@code JAVA_TOOL_OPTIONS}: they are no application. */
final class JdkTool {

    /** What the launcher was told to run, with its arguments. */
    private static final String COMMAND = "sun.java.command";

    private static final String SOURCE_LAUNCHER = "com.sun.tools.javac.launcher.";

    /** Not started as a tool by its launcher: the JVM in which what is typed there runs. */
    private static final String SHELL = "jdk.jshell.";

    private JdkTool() {}

    /** Whether this JVM runs one. */
    static boolean isThis() {
        return isNamedBy(System.getProperty(COMMAND, ""));
    }

    /** @param command {@code jdk.compiler/com.sun.tools.javac.Main -version}; a class, or a jar, where it is no module's */
    static boolean isNamedBy(String command) {
        int end = command.indexOf(' ');
        String main = end < 0 ? command : command.substring(0, end);
        int slash = main.indexOf('/');
        if (slash < 0) {
            return main.startsWith(SHELL);
        }
        boolean ofTheJdk = main.startsWith("java.") || main.startsWith("jdk.");
        return ofTheJdk
                && !main.startsWith(SOURCE_LAUNCHER, slash + 1)
                && ModuleLayer.boot().findModule(main.substring(0, slash)).isPresent()
                && !main.endsWith(".jar");
    }
}
