package dev.chatstream.it.large;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts with the beans that Spring finds beside it on the class path, and stays for a while, as services do.
 *
 * <p>Usage: {@code java LargeService seconds [memory]}. On standard output it says {@code started}, the time of day in
 * microseconds, and the CPU time of its JVM in milliseconds; after as many seconds {@code settled} and its CPU time; with
 * {@code memory} also {@code memory}, its metaspace and its heap in kB.
 */
@SpringBootApplication
public class LargeService {

    public static void main(String[] arguments) throws InterruptedException {
        ConfigurableApplicationContext context = SpringApplication.run(LargeService.class);
        // the time of day, since whoever started this JVM took it too
        say("started", ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()), cpuMillis());
        TimeUnit.SECONDS.sleep(Integer.parseInt(arguments[0]));
        say("settled", cpuMillis());
        if (arguments.length > 1) {
            sayMemory();
        }
        context.close();
    }

    private static long cpuMillis() {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return TimeUnit.NANOSECONDS.toMillis(system.getProcessCpuTime());
    }

    private static void sayMemory() {
        long metaspace = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getName().equals("Metaspace")) {
                metaspace = pool.getUsage().getUsed();
            }
        }
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        say("memory", metaspace >> 10, heap >> 10);
    }

    @SuppressWarnings("SystemOut") // what was asked for
    private static void say(String what, long... figures) {
        StringBuilder line = new StringBuilder(what);
        for (long figure : figures) {
            line.append(' ').append(figure);
        }
        System.out.println(line);
    }
}
