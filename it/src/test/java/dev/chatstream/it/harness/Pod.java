package dev.chatstream.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One JVM that runs the application under test. */
public final class Pod implements AutoCloseable {

    private final Process process;
    private final Writer input;
    private final Lines output = new Lines("stdout");
    private final Lines log = new Lines("stderr");

    private Pod(Process process) {
        this.process = process;
        this.input = process.outputWriter(StandardCharsets.UTF_8);
        output.follow(process.getInputStream());
        log.follow(process.getErrorStream());
    }

    /** Starts a process of any kind. */
    public static Pod launch(PodPlan plan) {
        try {
            ProcessBuilder builder = new ProcessBuilder(plan.command());
            builder.environment().keySet().removeIf(name -> name.startsWith("CHATSTREAM"));
            builder.environment().putAll(plan.environment());
            return new Pod(builder.start());
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** Waits until it is up. */
    public Pod up() {
        await("ready", "-");
        return this;
    }

    /** Waits until it is up and has reached Redis. */
    public Pod connected() {
        up();
        Eventually.until("it has reached Redis", () -> query("owners", "-").contains("verified=true"));
        return this;
    }

    /** Sends one request; ids may hold anything. */
    public void tell(String request, String... arguments) {
        List<String> words = new ArrayList<>(List.of(request));
        for (String argument : arguments) {
            words.add(URLEncoder.encode(argument, StandardCharsets.UTF_8));
        }
        say(String.join(" ", words));
    }

    /** Sends one line as it is, to an application of whatever kind. */
    public void say(String line) {
        try {
            input.write(line + "\n");
            input.flush();
        } catch (IOException cause) {
            throw new UncheckedIOException("the pod is gone; it said\n" + output + log, cause);
        }
    }

    /** A call of this name begins, of the method of the application that is meant. */
    public void ask(String call, String chatId, String method) {
        tell("ask", call, chatId, method, "");
    }

    public void ask(String call, String chatId, String method, String streamId) {
        tell("ask", call, chatId, method, streamId);
    }

    /** Asks and waits until the body runs. */
    public Told enter(String call, String chatId, String method) {
        ask(call, chatId, method);
        return entered(call);
    }

    public Told enter(String call, String chatId, String method, String streamId) {
        ask(call, chatId, method, streamId);
        return entered(call);
    }

    /** Lets a call end and waits until it has left; the answer is what it returned, and what is left of an interrupt. */
    public String end(String call) {
        tell("end", call);
        return left(call);
    }

    public Told entered(String call) {
        return Told.of(await("entered", call));
    }

    public Told state(String call) {
        tell("state", call);
        return Told.of(await("state", call));
    }

    public String left(String call) {
        return await("left", call);
    }

    public String busy(String call) {
        return await("busy", call);
    }

    public String threw(String call) {
        return await("threw", call);
    }

    public String aborted(String call) {
        return await("aborted", call);
    }

    /** Asks ChatStreams and waits for the answer. */
    public String query(String question, String about) {
        tell(question, about);
        return output.await("reply " + question + " ").substring("reply ".length() + question.length() + 1);
    }

    /** The details behind the first line of that kind that was not taken yet. */
    private String await(String what, String call) {
        String beginning = what + " " + call + " ";
        try {
            return output.await(beginning).substring(beginning.length());
        } catch (AssertionError failure) {
            throw new AssertionError(failure.getMessage() + "stderr:\n" + log, failure);
        }
    }

    public Lines output() {
        return output;
    }

    /** What the agent, and the JVM, say on stderr. */
    public Lines log() {
        return log;
    }

    public Process process() {
        return process;
    }

    /** SIGKILL. */
    public void kill() {
        signal("KILL");
        awaitEnd();
    }

    /** SIGTERM, without waiting. Not by the JDK's own means, which stops reading what the process still says. */
    public void terminate() {
        signal("TERM");
    }

    public void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -" + name + " failed");
            }
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes its standard input, which ends the application, and waits for its exit code. */
    public int finish() {
        try {
            input.close();
        } catch (IOException gone) {
            // it has ended already
        }
        return awaitEnd();
    }

    public int awaitEnd() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError("the pod does not end; it said\n" + output + log);
            }
            output.untilTheEnd();
            log.untilTheEnd();
            return process.exitValue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly); // a start script may have the JVM for a child
        process.destroyForcibly(); // also where it is stopped by a signal
        awaitEnd();
    }

    @Override
    public String toString() {
        return "pod " + process.pid() + "\nstdout:\n" + output + "stderr:\n" + log;
    }
}
