import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Builds what the tour needs, tells how far that is, and runs the tour on the JDK that the build chose. It runs from source, on the JDK that
 * is the default here, which may be too old for the tour itself. When it is told to end, whatever it started ends first.
 */
final class TourBuild {
    private static final Path ROOT = Path.of(System.getProperty("tour.root"));
    private static final boolean TERMINAL = Boolean.getBoolean("tour.terminal");
    private static final int SECONDS_TO_LEAVE = 15;
    private static volatile boolean leaving;

    public static void main(String[] arguments) throws Exception {
        Maven maven = new Maven();
        if (maven.build() != 0) {
            if (!leaving) {
                maven.explain();
            }
            System.exit(1);
        }
        System.exit(run(maven.jdk(), arguments));
    }

    private static int run(Path jdk, String[] arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                jdk.resolve("bin/java").toString(), "-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        for (String property : List.of("tour.root", "tour.terminal", "tour.colours", "tour.columns")) {
            command.add("-D" + property + "=" + System.getProperty(property));
        }
        Path target = ROOT.resolve("demo-app/target");
        command.addAll(List.of("-cp", target.resolve("classes") + File.pathSeparator + target.resolve("tour/embedded-redis.jar")));
        command.add("dev.chatstream.demo.tour.Tour");
        command.addAll(List.of(arguments));
        return start(new ProcessBuilder(command).inheritIO()).waitFor();
    }

    /** Whatever is started here is taken down with this process: told to end, waited for, and then killed. */
    private static Process start(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
        return process;
    }

    private static void end(Process process) {
        leaving = true;
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        process.destroy();
        try {
            if (!process.waitFor(SECONDS_TO_LEAVE, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }

    /** One run of Maven. Of its many lines it shows what is built and how much was downloaded, and all that matters where it failed. */
    private static final class Maven {
        private static final Pattern JDK = Pattern.compile("(?:Selected JDK toolchain|Toolchain in maven-compiler-plugin): JDK\\[(.+)]");
        private static final Pattern MODULE = Pattern.compile("\\[INFO] Building (.+?) \\S+ +\\[(\\d+)/(\\d+)]");
        private static final Pattern SIZE = Pattern.compile("^Downloaded from .*\\(([0-9.]+) (B|kB|MB)");
        private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(5);
        private static final long REDRAW_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
        private static final int LAST_LINES = 40;

        private final Deque<String> last = new ArrayDeque<>();
        private final Set<String> errors = new LinkedHashSet<>();
        private Path jdk = Path.of(System.getProperty("java.home"));
        private String module = "";
        private int files;
        private double megabytes;
        private long said;
        private boolean pending;
        // What follows the first empty line is Maven's general advice.
        private boolean explained;

        int build() throws Exception {
            // A jar that a build left half-written when it was interrupted passes for up to date: make all anew.
            ProcessBuilder builder = new ProcessBuilder(
                    ROOT.resolve("mvnw").toString(), "-B", "-Dmaven.test.skip=true", "-Dmaven.jar.forceCreation=true", "-pl", "demo-app,agent/dist", "-am", "package");
            Process process = start(builder.directory(ROOT.toFile()).redirectErrorStream(true));
            process.getOutputStream().close();
            try (BufferedReader output = new BufferedReader(new java.io.InputStreamReader(process.getInputStream()))) {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    read(line);
                }
            }
            finishLine();
            return process.waitFor();
        }

        Path jdk() {
            return jdk;
        }

        private void read(String line) {
            Matcher size = SIZE.matcher(line);
            Matcher building = MODULE.matcher(line);
            Matcher chosen = JDK.matcher(line);
            if (size.find()) {
                files++;
                megabytes += Double.parseDouble(size.group(1)) * (size.group(2).equals("MB") ? 1 : size.group(2).equals("kB") ? 1e-3 : 1e-6);
                progress(false);
            } else if (building.find()) {
                module = building.group(2) + " of " + building.group(3) + ", " + building.group(1);
                progress(true);
            } else if (line.startsWith("Downloading Apache Maven")) {
                finishLine();
                System.out.println("  " + line);
            } else if (!line.startsWith("Downloading ")) {
                keep(line);
            }
            if (chosen.find()) {
                jdk = Path.of(chosen.group(1));
            }
        }

        private void keep(String line) {
            last.add(line);
            if (last.size() > LAST_LINES) {
                last.remove();
            }
            if (line.startsWith("[ERROR]") && !explained) {
                String error = line.substring("[ERROR]".length()).replace("-> [Help 1]", "").strip();
                explained = error.isEmpty() && !errors.isEmpty();
                if (!error.isEmpty()) {
                    errors.add(error);
                }
            }
        }

        private void progress(boolean moduleBegins) {
            long now = System.nanoTime();
            if (now - said < (TERMINAL ? REDRAW_NANOS : QUIET_NANOS) && said != 0 && !moduleBegins) {
                return;
            }
            said = now;
            String loaded = files == 0 ? "" : String.format(Locale.ROOT, "; downloaded: %d files, %.0f MB", files, megabytes);
            String text = "  building " + (module.isEmpty() ? "" : module) + loaded;
            if (TERMINAL) {
                System.out.print("\r\u001b[K" + text);
                pending = true;
            } else {
                System.out.println(text);
            }
            System.out.flush();
        }

        private void finishLine() {
            if (pending) {
                System.out.println();
                pending = false;
            }
        }

        void explain() {
            System.err.println("The build failed" + (errors.isEmpty() ? "; its last lines:" : ":"));
            (errors.isEmpty() ? last : errors).stream().limit(LAST_LINES).forEach(line -> System.err.println("  " + line));
            System.err.println("To see all of it: ./mvnw -pl demo-app,agent/dist -am package");
        }
    }
}
