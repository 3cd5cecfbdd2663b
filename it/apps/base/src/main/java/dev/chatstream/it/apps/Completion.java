package dev.chatstream.it.apps;

/** The bodies of OpenAI's chat completions. */
public final class Completion {

    public static final String LAST_CHUNK = """
            {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""";

    private Completion() {}

    public static String chunk(String token) {
        return """
                {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"%s"},"finish_reason":null}]}""".formatted(token);
    }

    public static String whole(String text, int tokens) {
        return """
                {"id":"c1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"%s","refusal":null},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":%d,"total_tokens":%d}}""".formatted(text, tokens, tokens + 1);
    }
}
