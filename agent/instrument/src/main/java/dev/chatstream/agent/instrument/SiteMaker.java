package dev.chatstream.agent.instrument;

import dev.chatstream.agent.shapes.Shapes;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** Makes the site of one method from where it is said to be guarded. Works inside class loading: no lambdas, no streams. */
final class SiteMaker {

    private final ClassLoader loader;
    private final TypeFile type;
    private final Shapes shapes;
    private final Guard guard;
    private final Lines lines;

    SiteMaker(ClassLoader loader, TypeFile type, Shapes shapes, Guard guard, Lines lines) {
        this.loader = loader;
        this.type = type;
        this.shapes = shapes;
        this.guard = guard;
        this.lines = lines;
    }

    /** Whether only an object of the type can tell if it is guarded: see {@link ProxyTargets}. */
    boolean mayDelegate() {
        return type.isJdkProxy() && type.interfaces().contains(ProxyTargets.SPRING.replace('.', '/'));
    }

    /** @throws Mistake where what is said about the method cannot work */
    Site.Guarded make(MethodFile method, Declaration declaration) throws Mistake {
        Elements elements = declaration.elements();
        List<List<String>> names = new ArrayList<>(2);
        Parameters.add(names, names(declaration.method()));
        Parameters.add(names, names(method));
        Parameters parameters = new Parameters(method.parameterCount(), names);

        Site.Asked chatId = elements.chatId().isBlank()
                ? annotatedParameter(method, declaration.method())
                : asked(method, "chatId", elements.chatId(), parameters);
        Site.Asked streamId = asked(method, "streamId", elements.streamId(), parameters);
        Site.Asked requestId = asked(method, "requestId", elements.requestId(), parameters);
        if (chatId == null) {
            throw new Mistake("it says no chat id: write "
                    + (elements.rule() == null ? "chatId = \"#…\"" : "it into the rule, as " + method.name() + "(#p0)")
                    + ", or @ChatId at the parameter that is it");
        }
        Policies policies = new Policies(method, elements, lines);
        MethodFile named =
                type.isJdkProxy() ? declaration.method() : method; // a proxy's own name says nothing to people
        ReturnTypes returned = ReturnTypes.of(loader, method, shapes);
        boolean subscribed = returned != null && returned.isSubscribed();
        Site.Guarded site = new Site.Guarded(
                guard,
                policies.rule(named.readable(), subscribed),
                chatId,
                streamId,
                requestId,
                policies.onStop(),
                returned != null && returned.holdsReplaced(),
                new ParameterTypes(loader, shapes).anyFollowed(method),
                method.suspends(),
                type.isJdkProxy());
        remark(method, returned);
        return site;
    }

    /** The method's own {@code @ChatId} counts before that of the method that it overrides. */
    private static Site.@Nullable Asked annotatedParameter(MethodFile method, MethodFile declared) throws Mistake {
        List<Integer> numbers = method.chatIds().isEmpty() ? declared.chatIds() : method.chatIds();
        if (numbers.size() > 1) {
            throw new Mistake("several parameters carry @ChatId; one is the chat id");
        }
        if (numbers.isEmpty()) {
            return null;
        }
        int number = numbers.get(0);
        return new Site.Asked("@ChatId", "#p" + number, new Expression.Parameter(number));
    }

    private Site.@Nullable Asked asked(MethodFile method, String element, String written, Parameters parameters)
            throws Mistake {
        if (written.isBlank()) {
            return null;
        }
        Expression expression;
        try {
            expression = ExpressionParser.parse(written, parameters);
        } catch (Mistake mistake) {
            throw new Mistake(element + " = " + mistake.getMessage());
        }
        StaticTypes.Answer answer = new StaticTypes(loader).of(expression, Type.getArgumentTypes(method.descriptor()));
        if (answer instanceof StaticTypes.Answer.Missing missing) {
            throw new Mistake(element + " = \"" + written + "\", " + missing.message());
        }
        if (answer instanceof StaticTypes.Answer.Doubtful doubtful) {
            lines.remark(
                    method,
                    element + " = \"" + written + "\", " + doubtful.message()
                            + "; where the object is of a type below that has none either, it counts as null.");
        }
        return new Site.Asked(element, written, expression);
    }

    /** Parameter names; another agent may have dropped them from the bytes at hand, then the class file has them. */
    private @Nullable List<String> names(MethodFile method) {
        if (method.parameterNames() != null) {
            return method.parameterNames();
        }
        TypeFile file =
                type.isJdkProxy() && method.owner().equals(type.name()) ? null : TypeFile.read(loader, method.owner());
        MethodFile read = file == null ? null : file.method(method.key());
        return read == null ? null : read.parameterNames();
    }

    private void remark(MethodFile method, @Nullable ReturnTypes returned) {
        String unfollowed = returned == null ? null : returned.unfollowed();
        if (unfollowed != null) {
            lines.remark(
                    method,
                    "it returns " + unfollowed + ", which is not followed yet: its stream ends when the method returns;"
                            + " to keep it open call ChatStreams.current().get().detach() inside, and close that at the"
                            + " end.");
        }
        String given = new ParameterTypes(loader, shapes).unfollowed(method);
        if (given != null) {
            lines.remark(
                    method,
                    "it is given a " + given
                            + ", a class that nothing else can stand for, so its calls are not followed:"
                            + " declare the interface; or call ChatStreams.current().get().detach() inside, and close"
                            + " that in the last call.");
        }
        if (method.isInlined()) {
            lines.remark(
                    method,
                    "it is an inline function: Kotlin copies its body into its callers, whose calls are not guarded;"
                            + " annotate a function that is not inline.");
        }
        if (method.is(Opcodes.ACC_SYNCHRONIZED)) {
            lines.remark(
                    method,
                    "it is synchronized: a call that waits for its chat holds the monitor meanwhile, and all who want"
                            + " the monitor wait along; better synchronize inside the method.");
        }
    }
}
