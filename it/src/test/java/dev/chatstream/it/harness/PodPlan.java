package dev.chatstream.it.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How a process of the application is started. Each change gives a new plan. */
public final class PodPlan {

    private static final List<String> SMALL =
            List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dfile.encoding=UTF-8");

    private Map<String, String> settings = Map.of();
    private List<String> launcher = List.of();
    private List<String> flags = List.of();
    private List<String> flagsBehind = List.of();
    private List<String> arguments = List.of();
    private Map<String, String> environment = Map.of();
    private List<Path> classPath = List.of();
    private List<Path> agents = List.of(AgentJar.path());
    private Path javaHome = JavaHomes.ofPods();
    private boolean alone;
    private String mainClass = "dev.chatstream.it.app.ChatApp";
    /** Null: a main class on a class path. */
    private @Nullable List<String> what;

    private List<String> script = List.of();
    private String variable = "";

    private PodPlan() {}

    /** With the agent, a short lease so that tests need not wait long, and this Redis. */
    public static PodPlan on(String redisUri) {
        return bare().with("redis-uri", redisUri).with("lock-ttl", "6s").with("abort-poll", "200ms");
    }

    /** With the agent, and no setting at all. */
    public static PodPlan bare() {
        return new PodPlan();
    }

    /** A setting, as it stands behind the agent's jar on its flag. */
    public PodPlan with(String key, String value) {
        return changed(plan -> {
            plan.settings = new LinkedHashMap<>(settings);
            plan.settings.put(key, value);
        });
    }

    public PodPlan without(String key) {
        return changed(plan -> {
            plan.settings = new LinkedHashMap<>(settings);
            plan.settings.remove(key);
        });
    }

    /** Through this command, which takes the JVM's as its last arguments. */
    public PodPlan through(List<String> command) {
        return changed(plan -> plan.launcher = List.copyOf(command));
    }

    public PodPlan flags(String... more) {
        return changed(plan -> {
            plan.flags = new ArrayList<>(flags);
            plan.flags.addAll(List.of(more));
        });
    }

    /** Behind the agent's own flag: another agent's, which so comes after it. */
    public PodPlan flagsBehindTheAgent(String... values) {
        return changed(plan -> plan.flagsBehind = List.of(values));
    }

    public PodPlan arguments(String... values) {
        return changed(plan -> plan.arguments = List.of(values));
    }

    public PodPlan environment(String name, String value) {
        return changed(plan -> {
            plan.environment = new LinkedHashMap<>(environment);
            plan.environment.put(name, value);
        });
    }

    /** Before the application's own classes. */
    public PodPlan classPath(List<Path> more) {
        return changed(plan -> plan.classPath = List.copyOf(more));
    }

    /** Without the application's own classes and the API: the class path alone. */
    public PodPlan alone() {
        return changed(plan -> plan.alone = true);
    }

    public PodPlan mainClass(String name) {
        return changed(plan -> plan.mainClass = name);
    }

    /** This stands behind the JVM's flags, in place of a class path and a main class: {@code -jar service.jar}. */
    public PodPlan running(String... words) {
        return changed(plan -> plan.what = List.of(words));
    }

    /**
     * By a start script, which takes the JVM's flags from this variable. The settings are in the environment: most scripts
     * let a shell read the flags once more.
     */
    public PodPlan script(String flagsVariable, String... command) {
        return changed(plan -> {
            plan.variable = flagsVariable;
            plan.script = List.of(command);
        });
    }

    public PodPlan javaHome(Path home) {
        return changed(plan -> plan.javaHome = home);
    }

    public PodPlan withoutAgent() {
        return agents();
    }

    /** These on the flag, each with all settings, in place of the shipped one. */
    public PodPlan agents(Path... jars) {
        return changed(plan -> plan.agents = List.of(jars));
    }

    private PodPlan changed(Consumer<PodPlan> change) {
        PodPlan plan = new PodPlan();
        plan.settings = settings;
        plan.launcher = launcher;
        plan.flags = flags;
        plan.flagsBehind = flagsBehind;
        plan.arguments = arguments;
        plan.environment = environment;
        plan.classPath = classPath;
        plan.agents = agents;
        plan.alone = alone;
        plan.javaHome = javaHome;
        plan.mainClass = mainClass;
        plan.what = what;
        plan.script = script;
        plan.variable = variable;
        change.accept(plan);
        return plan;
    }

    Map<String, String> environment() {
        if (script.isEmpty()) {
            return environment;
        }
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.put("JAVA_HOME", javaHome.toString());
        List<String> words = new ArrayList<>(SMALL);
        words.addAll(flags);
        agents.forEach(jar -> words.add("-javaagent:" + jar));
        all.put(variable, String.join(" ", words));
        settings.forEach(
                (key, value) -> all.put("CHATSTREAM_" + key.replace('-', '_').toUpperCase(Locale.ROOT), value));
        return all;
    }

    List<String> command() {
        List<String> command = new ArrayList<>(launcher);
        if (!script.isEmpty()) {
            command.addAll(script);
            return command;
        }
        command.add(javaHome.resolve("bin/java").toString());
        command.addAll(SMALL);
        command.addAll(flags);
        if (flags.contains("-jar")) {
            return command;
        }
        agents.forEach(jar -> command.add("-javaagent:" + jar + agentArgument()));
        command.addAll(flagsBehind);
        command.addAll(what == null ? mainClassOnAPath() : what);
        command.addAll(arguments);
        return command;
    }

    private List<String> mainClassOnAPath() {
        List<String> path = new ArrayList<>();
        classPath.forEach(entry -> path.add(entry.toString()));
        if (!alone) {
            path.add(AgentJar.applicationClassPath());
        }
        return List.of("-cp", String.join(java.io.File.pathSeparator, path), mainClass);
    }

    private String agentArgument() {
        List<String> pairs = new ArrayList<>();
        settings.forEach((key, value) -> pairs.add(key + "=" + value));
        return pairs.isEmpty() ? "" : "=" + String.join(";", pairs);
    }
}
