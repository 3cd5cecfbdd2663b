package dev.chatstream.agent.redis;

import java.util.List;

/** One chat's two keys in a real Redis, under a clock that only goes on when told to. */
final class LateChat {

    static final long KEEP = 3_600_000;

    private static final String LOOK =
            "return {redis.call('GET', KEYS[1]), redis.call('PTTL', KEYS[1]), redis.call('GET', KEYS[2]), redis.call('PTTL', KEYS[2])}";
    private static final String PASS = """
            for _, key in ipairs(KEYS) do
              local left = redis.call('PTTL', key)
              if left > tonumber(ARGV[1]) then redis.call('PEXPIRE', key, left - ARGV[1])
              elseif left >= 0 then redis.call('DEL', key) end
            end""";

    private final Resp redis;
    private final String lock;
    private final String record;

    LateChat(Resp redis, long seed) {
        this.redis = redis;
        this.lock = "lock{" + seed + "}";
        this.record = "record{" + seed + "}";
    }

    /** What Redis keeps of the chat. */
    record Kept(String owner, long ttl, String nonce, long fence, String state, long recordTtl) {
        boolean known() {
            return owner != null && nonce != null && !state.equals("closed") && recordTtl > KEEP;
        }

        boolean isHeldBy(String id, String holder) {
            return known() && owner.equals(id) && nonce.equals(holder);
        }
    }

    Kept kept() {
        List<?> found = (List<?>) redis.call("EVAL", LOOK, 2, lock, record);
        String text = (String) found.get(2);
        String[] words = text == null ? new String[] {null, "0", "", ""} : text.split(" ", -1);
        return new Kept((String) found.get(0), (Long) found.get(1), words[0], Long.parseLong(words[1]), words[2], (Long)
                found.get(3));
    }

    Object run(Script script, List<Object> arguments) {
        return ScriptHarness.run(redis, script, List.of(lock, record), arguments.toArray());
    }

    void pass(long millis) {
        redis.call("EVAL", PASS, 2, lock, record, millis);
    }

    void forget() {
        redis.call("DEL", lock);
    }
}
