package dev.chatstream.demo.tour;

/** The tour cannot go on with what it was doing; the message says what it saw. */
final class TourException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TourException(String message) {
        super(message);
    }

    TourException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
