/**
 * What an application compiles against to use ChatStream: the annotation, Stop, and the exceptions. The package
 * {@link dev.chatstream} tells how they go together.
 *
 * <p>The module depends on nothing but the JDK. JSpecify's annotations are in the class files for tools that read them;
 * they need not be there when the application runs.
 */
module dev.chatstream {
    requires static org.jspecify;

    exports dev.chatstream;
}
