package dev.chatstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an application gets on its class path or module path: this module, and nothing that it would need besides. */
class ModuleTest {
    private static final String APPLICATION = """
            package com.acme;
            import dev.chatstream.*;
            public class Chat implements Runnable {
                public Chat() {}
                @ChatStream(chatId = "#p0", onBusy = OnBusy.REJECT, acquireTimeout = "5s")
                public String answer(String chat) { return chat + ChatStreams.current().isPresent(); }
                public String again(@ChatId String chat) {
                    try {
                        ChatStreams.abortAsync(chat).join();
                        return answer(chat) + ChatStreams.owner(chat);
                    } catch (ChatBusyException e) {
                        return e.ownerStreamId().orElse(new ChatBusyException("busy", "c", null).chatId());
                    }
                }
                public void run() { System.setProperty("com.acme.answer", again("chat-1")); }
            }
            """;

    @TempDir
    Path output;

    @Test
    void everyClassIsForJava17() throws Exception {
        for (Path file : ClassFiles.all()) {
            byte[] bytes = Files.readAllBytes(file);
            assertThat(bytes[6] << 8 | bytes[7])
                    .as(file.getFileName() + "'s class file version")
                    .isEqualTo(61);
        }
    }

    @Test
    void theModuleExportsItsPackageAndNeedsNothing() {
        ModuleDescriptor module = module();

        assertThat(module.name()).isEqualTo("dev.chatstream");
        assertThat(module.isOpen()).isFalse();
        assertThat(module.exports()).singleElement().satisfies(exported -> {
            assertThat(exported.source()).isEqualTo("dev.chatstream");
            assertThat(exported.isQualified()).isFalse();
        });
        assertThat(module.requires())
                .filteredOn(required -> !required.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
                .extracting(ModuleDescriptor.Requires::name)
                .containsExactly("java.base");
    }

    @Test
    void anApplicationCompilesAgainstItAloneWithoutAWarning() throws Exception {
        assertThat(compile("-classpath")).isEmpty();
    }

    @Test
    void aModularApplicationCompilesAndRunsWithItAlone() throws Exception {
        assertThat(compile(
                        "--module-path", "module com.acme { requires transitive dev.chatstream; exports com.acme; }"))
                .isEmpty();

        ModuleFinder modules = ModuleFinder.of(output, ClassFiles.folder());
        Configuration resolved =
                ModuleLayer.boot().configuration().resolve(modules, ModuleFinder.of(), Set.of("com.acme"));
        ClassLoader loader = ModuleLayer.boot()
                .defineModulesWithManyLoaders(resolved, ClassLoader.getPlatformClassLoader())
                .findLoader("com.acme");
        ((Runnable) loader.loadClass("com.acme.Chat").getConstructor().newInstance()).run();

        assertThat(System.clearProperty("com.acme.answer")).isEqualTo("chat-1falseOptional.empty");
    }

    private static ModuleDescriptor module() {
        return ModuleFinder.of(ClassFiles.folder())
                .find("dev.chatstream")
                .orElseThrow()
                .descriptor();
    }

    private String compile(String pathOption, String... moduleInfo) throws IOException {
        List<JavaFileObject> sources = new ArrayList<>();
        sources.add(new Source("com/acme/Chat.java", APPLICATION));
        for (String info : moduleInfo) {
            sources.add(new Source("module-info.java", info));
        }
        StringWriter said = new StringWriter();
        List<String> options = List.of(
                "--release",
                "17",
                "-Xlint:all",
                "-d",
                output.toString(),
                pathOption,
                ClassFiles.folder().toString());
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(said, null, null, options, null, sources)
                .call();
        assertThat(compiled).as(said.toString()).isTrue();
        return said.toString();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("memory:///" + name), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
