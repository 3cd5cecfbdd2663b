package dev.chatstream.it.beside;

import static org.mockito.ArgumentMatchers.anyString;

import dev.chatstream.ChatStream;
import dev.chatstream.ChatStreams;
import dev.chatstream.it.apps.Trial;
import org.mockito.Answers;
import org.mockito.MockedConstruction;
import org.mockito.MockedStatic;
import org.mockito.Mockito;
import org.mockito.stubbing.Answer;

/** A test of an application, as it were, that mocks what is guarded. */
public final class MockedChats {

    /** Tells whether the guard is around the mock. */
    private static final Answer<String> STUB =
            call -> "stub " + (ChatStreams.current().isPresent() ? "inside" : "outside") + " a stream";

    private MockedChats() {}

    static class Rooms {

        @ChatStream(chatId = "#chat")
        String answer(String chat) {
            return Trial.hold(chat);
        }

        @ChatStream(chatId = "#chat")
        static String fixed(String chat) {
            return Trial.hold(chat);
        }
    }

    /** Of what it cannot instantiate Mockito makes a subclass. */
    abstract static class Half {

        @ChatStream(chatId = "#chat")
        String answer(String chat) {
            return Trial.hold(chat);
        }

        @ChatStream(chatId = "#chat")
        abstract String open(String chat);
    }

    interface Talk {
        @ChatStream(chatId = "#chat")
        String talk(String chat);
    }

    static final class Talking implements Talk {
        @Override
        public String talk(String chat) {
            return Trial.hold(chat);
        }
    }

    public static void main(String[] arguments) throws Exception {
        Trial.of("before", new Rooms()::answer);
        mocks();
        spies();
        statics();
        Trial.of("after", new Rooms()::answer);
        Trial.of("implementation", new Talking()::talk);
    }

    private static void mocks() {
        Rooms rooms = Mockito.mock();
        Mockito.when(rooms.answer(anyString())).thenAnswer(STUB);
        Trial.say("mock", rooms.answer("mock"));
        Talk talk = Mockito.mock();
        Mockito.when(talk.talk(anyString())).thenAnswer(STUB);
        Trial.say("mock of an interface", talk.talk("mock-of-an-interface"));
        Half half = Mockito.mock();
        Mockito.when(half.answer(anyString())).thenAnswer(STUB);
        Mockito.when(half.open(anyString())).thenAnswer(STUB);
        Trial.say("mock of an abstract class", half.answer("mock-of-half") + ", " + half.open("mock-of-open"));
        try (MockedConstruction<Rooms> made = Mockito.mockConstruction(Rooms.class)) {
            Trial.say(
                    "constructed",
                    new Rooms().answer("constructed") + " of "
                            + made.constructed().size());
        }
    }

    private static void spies() throws Exception {
        Trial.of("spy", Mockito.spy(new Rooms())::answer);
        Half half = Mockito.mock(Half.class, Answers.CALLS_REAL_METHODS);
        Trial.of("real", half::answer);
        Rooms stubbed = Mockito.spy(new Rooms());
        Mockito.doAnswer(STUB).when(stubbed).answer(anyString());
        Trial.say("stubbed spy", stubbed.answer("stubbed-spy"));
    }

    private static void statics() throws Exception {
        try (MockedStatic<Rooms> mocked = Mockito.mockStatic(Rooms.class)) {
            mocked.when(() -> Rooms.fixed(anyString())).thenAnswer(STUB);
            Trial.say("mocked static", Rooms.fixed("mocked-static"));
        }
        Trial.of("static", Rooms::fixed);
    }
}
