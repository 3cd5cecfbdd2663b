package dev.chatstream.it.large;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts, takes the first of the chats that are on its class path as beans, and ends.
 *
 * <p>Usage: {@code java LargeService chats [memory]}: how many beans, by the names {@code chats.Chat1} and so on; with
 * {@code memory} it says what it has come to need before it ends.
 */
@SpringBootApplication
public class LargeService {

    public static void main(String[] arguments) throws ReflectiveOperationException {
        int chats = Integer.parseInt(arguments[0]);
        try (ConfigurableApplicationContext context = SpringApplication.run(LargeService.class)) {
            for (int i = 1; i <= chats; i++) {
                Class<?> type = Class.forName("chats.Chat" + i);
                Object chat = type.getDeclaredConstructor().newInstance();
                context.getBeanFactory().registerSingleton(type.getName(), chat);
            }
            if (arguments.length > 1) {
                tellMemory();
            }
        }
    }

    @SuppressWarnings("SystemOut") // what was asked for
    private static void tellMemory() {
        long metaspace = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getName().equals("Metaspace")) {
                metaspace = pool.getUsage().getUsed();
            }
        }
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        int classes = ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
        System.out.printf("memory %d %d %d%n", metaspace >> 10, heap >> 10, classes);
    }
}
