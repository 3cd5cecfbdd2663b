package dev.chatstream.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** Rules of the house that no compiler knows, for the files of all modules. */
class RepositoryTest {

    private static final int MOST_LINES = 250;

    private static final Set<String> NOT_OURS = Set.of("target", ".git", ".idea", "node_modules");

    private static final Path ROOT = root();

    @Test
    void noSourceFileIsLongerThanOneSitting() {
        assertThat(files(".java").filter(file -> lines(file) > MOST_LINES).map(RepositoryTest::nameAndLines))
                .as("source files of more than " + MOST_LINES + " lines: split them by what they are for")
                .isEmpty();
    }

    @Test
    void thirdPartyVersionsStandInTheParentOnly() {
        assertThat(files("pom.xml")
                        .filter(pom -> !pom.equals(ROOT.resolve("pom.xml")))
                        .flatMap(RepositoryTest::versions))
                .as("versions written in a module: move them to the root's dependencyManagement or pluginManagement")
                .isEmpty();
    }

    @Test
    void theRulesLookAtEveryModule() {
        assertThat(files("pom.xml").map(pom -> ROOT.relativize(pom).toString()))
                .contains("pom.xml", "agent/api/pom.xml", "agent/dist/pom.xml", "demo-app/pom.xml", "it/pom.xml");
    }

    /** Only the version of a parent is a module's to write; whatever else is a library's, a plugin's or a tool's. */
    private static Stream<String> versions(Path pom) {
        NodeList elements = parse(pom).getElementsByTagName("version");
        return IntStream.range(0, elements.getLength())
                .mapToObj(elements::item)
                .filter(element -> !"parent".equals(element.getParentNode().getNodeName()))
                .filter(element -> !isImportByNameOfAProperty(element))
                .map(element -> ROOT.relativize(pom) + ": " + element.getTextContent());
    }

    /** A framework's own list of versions holds for its module alone; which one it is stands in the root's properties. */
    private static boolean isImportByNameOfAProperty(Node version) {
        return version.getTextContent().matches("\\$\\{[a-z.-]+}")
                && version.getParentNode().getTextContent().matches("(?s).*\\bimport\\s*");
    }

    private static Document parse(Path pom) {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(pom.toFile());
        } catch (Exception e) {
            throw new IllegalStateException(pom + " cannot be read", e);
        }
    }

    private static String nameAndLines(Path file) {
        return ROOT.relativize(file) + ": " + lines(file);
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> files(String end) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    boolean ours = !NOT_OURS.contains(String.valueOf(folder.getFileName()));
                    return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (file.getFileName().toString().endsWith(end)) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream();
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        assertThat(folder).as("the folder that has mvnw in it").isNotNull();
        return folder;
    }
}
