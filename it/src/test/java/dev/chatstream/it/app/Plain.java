package dev.chatstream.it.app;

import java.io.IOException;

/** An application that has nothing guarded. */
public final class Plain {

    private Plain() {}

    public static void main(String[] arguments) throws IOException {
        System.out.println("ready");
        int end = System.in.read();
        if (end >= 0) {
            System.out.println("asked");
        }
    }
}
