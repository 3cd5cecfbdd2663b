package dev.chatstream.agent.instrument;

import net.bytebuddy.ClassFileVersion;

/** A class file that cannot be parsed, and why, for people. */
final class UnreadableFile extends RuntimeException {

    private static final long serialVersionUID = 1;

    private static final int BEFORE_JAVA_1 = 44;
    private static final int END_OF_VERSION = 8;

    private final boolean ofALaterJava;

    UnreadableFile(byte[] file, RuntimeException cause) {
        super(why(file, cause), cause);
        this.ofALaterJava = java(file) > ClassFileVersion.latest().getJavaVersion();
    }

    /** Another copy of the file would not be read either. */
    boolean isOfALaterJava() {
        return ofALaterJava;
    }

    private static int java(byte[] file) {
        return file.length < END_OF_VERSION ? 0 : ((file[6] & 0xFF) << 8 | (file[7] & 0xFF)) - BEFORE_JAVA_1;
    }

    private static String why(byte[] file, RuntimeException cause) {
        int java = java(file);
        int known = ClassFileVersion.latest().getJavaVersion();
        return java > known
                ? "its class file is of Java " + java + ", and this version of ChatStream knows them up to Java "
                        + known + ": take a newer one"
                : "its class file cannot be parsed (" + cause + ")";
    }

    /** As it stands behind what it means for the class. */
    @Override
    @SuppressWarnings("OverrideThrowableToString") // the name of the class would tell people nothing
    public String toString() {
        return getMessage() + ".";
    }
}
