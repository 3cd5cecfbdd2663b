package dev.chatstream;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ObjectStreamClass;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Everything that applications compile against stands in {@code src/test/resources/dev/chatstream/api.txt}, so that no
 * change of it goes unseen: it is a line in the diff.
 */
class ApiSnapshotTest {
    private static final Path CHECKED_IN = Path.of("src/test/resources/dev/chatstream/api.txt");
    private static final Path NOW = Path.of("target/api.txt");

    @Test
    void theApiIsTheOneThatIsCheckedIn() throws Exception {
        String now = ClassFiles.ofTheApi().stream()
                .filter(type -> isVisible(type.getModifiers()))
                .map(ApiSnapshotTest::describe)
                .collect(joining("\n"));
        Files.writeString(NOW, now);

        assertThat(Files.readString(CHECKED_IN))
                .as("%s, against %s: if the API is meant to change, copy the latter over the former", CHECKED_IN, NOW)
                .isEqualTo(now);
    }

    private static String describe(Class<?> type) {
        List<String> lines = new ArrayList<>();
        lines.add(withoutPackages(
                annotations(type.getAnnotations()) + type.toGenericString() + components(type) + supertypes(type)));
        if (type.isEnum()) {
            lines.add("    "
                    + Stream.of(type.getEnumConstants()).map(Object::toString).collect(joining(", ")));
        } else {
            lines.addAll(members(type));
        }
        if (Throwable.class.isAssignableFrom(type)) {
            lines.add("    serialVersionUID " + ObjectStreamClass.lookup(type).getSerialVersionUID());
        }
        return String.join("\n", lines) + "\n";
    }

    private static List<String> members(Class<?> type) {
        Stream<String> fields = visible(type.getDeclaredFields()).map(Field::toGenericString);
        Stream<String> constructors = type.isRecord() // its components say it, on every JDK in the same way
                ? Stream.of()
                : visible(type.getDeclaredConstructors()).map(constructor -> signature(constructor, ""));
        Stream<String> methods = visible(type.getDeclaredMethods())
                .map(method -> signature(method, method.getAnnotatedReturnType() + " ") + defaultValue(method));
        return Stream.of(fields, constructors, methods)
                .flatMap(members ->
                        members.map(member -> "    " + withoutPackages(member)).sorted())
                .toList();
    }

    private static <M extends Member> Stream<M> visible(M[] members) {
        return Arrays.stream(members).filter(member -> isVisible(member.getModifiers()) && !member.isSynthetic());
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static String signature(Executable member, String returns) {
        String parameters = Arrays.stream(member.getAnnotatedParameterTypes())
                .map(Object::toString)
                .collect(joining(", "));
        String name = member instanceof Constructor ? member.getDeclaringClass().getSimpleName() : member.getName();
        return Modifier.toString(member.getModifiers())
                + (member instanceof Method method && method.isDefault() ? " default " : " ")
                + returns
                + name
                + "(" + parameters + ")"
                + Arrays.stream(member.getAnnotatedExceptionTypes())
                        .map(AnnotatedType::toString)
                        .map(thrown -> " throws " + thrown)
                        .collect(joining());
    }

    private static String defaultValue(Method method) {
        Object value = method.getDefaultValue();
        return value == null ? "" : " default " + (value instanceof String text ? '"' + text + '"' : value);
    }

    private static String components(Class<?> type) {
        return type.isRecord()
                ? Arrays.stream(type.getRecordComponents())
                        .map(component -> component.getAnnotatedType() + " " + component.getName())
                        .collect(joining(", ", "(", ")"))
                : "";
    }

    private static String supertypes(Class<?> type) {
        Stream<String> superclass = type.getSuperclass() == null
                ? Stream.of()
                : Stream.of(type.getAnnotatedSuperclass().toString());
        Stream<String> interfaces = Arrays.stream(type.getAnnotatedInterfaces()).map(Object::toString);
        return Stream.concat(superclass, interfaces)
                .filter(name -> !name.equals("java.lang.Object"))
                .collect(joining(", ", " : ", ""));
    }

    private static String annotations(Annotation... annotations) {
        return Arrays.stream(annotations)
                .map(annotation -> annotation + " ")
                .sorted()
                .collect(joining());
    }

    private static String withoutPackages(String line) {
        return line.replaceAll("\\b[a-z]\\w*\\.(?=[a-zA-Z])", "")
                .replaceAll("@(\\w+)\\(\\)", "@$1")
                .replaceAll(" : $", "");
    }
}
