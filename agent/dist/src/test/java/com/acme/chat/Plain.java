package com.acme.chat;

/** An application that knows nothing of ChatStream. */
public final class Plain {

    private Plain() {}

    public static void main(String[] arguments) {
        System.out.println("the application ran");
    }
}
