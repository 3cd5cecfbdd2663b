package dev.chatstream.agent.instrument;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads an expression.
 *
 * <pre>
 * expression  term ( '+' term )*
 * term        literal | '#' name step*
 * step        '.' name | '?.' name | '[' literal ']' | '?.[' literal ']'
 * literal     a text in single quotes; a quote in it is written twice
 * </pre>
 * Spaces may stand around terms, signs and within brackets. Works inside class loading: no lambdas, no streams.
 */
final class ExpressionParser {

    private final String text;
    private final Parameters parameters;
    private int at;

    private ExpressionParser(String text, Parameters parameters) {
        this.text = text;
        this.parameters = parameters;
    }

    /** @throws Mistake saying what is wrong, at which character (the first is 1), and what to write */
    static Expression parse(String text, Parameters parameters) throws Mistake {
        return new ExpressionParser(text, parameters).expression();
    }

    private Expression expression() throws Mistake {
        List<Expression> terms = new ArrayList<>(1);
        terms.add(term());
        while (at < text.length()) {
            if (text.charAt(at) != '+') {
                throw unexpected();
            }
            at++;
            terms.add(term());
        }
        return terms.size() == 1 ? terms.get(0) : new Expression.Sum(terms);
    }

    private Expression term() throws Mistake {
        skipSpaces();
        Expression term;
        if (isAt('\'')) {
            term = new Expression.Literal(literal());
        } else if (isAt('#')) {
            term = reference();
        } else {
            throw noTerm();
        }
        skipSpaces();
        return term;
    }

    private Expression reference() throws Mistake {
        int start = at++;
        if (isAt('{')) {
            throw mistake("write it without #{ }", start);
        }
        String name = name("the name of a parameter");
        int number = parameters.number(name);
        if (number < 0) {
            throw mistake("no parameter is called #" + name + ": " + parameters.advice(), start);
        }
        Expression reference = new Expression.Parameter(number);
        while (isAt('.') || isAt('?') || isAt('[')) {
            reference = step(reference);
        }
        return reference;
    }

    private Expression step(Expression of) throws Mistake {
        int start = at;
        boolean safe = isAt('?');
        if (safe) {
            at++;
            if (!isAt('.')) {
                throw mistake("after ? comes a dot: ?.", at);
            }
        }
        if (isAt('.')) {
            at++;
            if (!(safe && isAt('['))) {
                return property(of, safe, start);
            }
        }
        at++;
        skipSpaces();
        if (!isAt('\'')) {
            throw mistake("in brackets stands a key in single quotes: ['key']", at);
        }
        String key = literal();
        skipSpaces();
        if (!isAt(']')) {
            throw mistake("] is missing", at);
        }
        at++;
        return new Expression.Key(of, key, safe, start + 1);
    }

    private Expression property(Expression of, boolean safe, int start) throws Mistake {
        String name = name("the name of a property");
        if (isAt('(')) {
            throw mistake("methods cannot be called; name the property instead: ." + propertyOf(name), at);
        }
        return new Expression.Property(of, name, safe, start + 1);
    }

    private String name(String what) throws Mistake {
        int start = at;
        while (at < text.length()
                && (at == start
                        ? Character.isJavaIdentifierStart(text.charAt(at))
                        : Character.isJavaIdentifierPart(text.charAt(at)))) {
            at++;
        }
        if (at == start) {
            throw mistake(what + " is missing", at);
        }
        return text.substring(start, at);
    }

    private String literal() throws Mistake {
        int start = at++;
        StringBuilder literal = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '\'') {
                literal.append(c);
            } else if (isAt('\'')) {
                literal.append(text.charAt(at++));
            } else {
                return literal.toString();
            }
        }
        throw mistake("the quote that begins here does not end", start);
    }

    private Mistake noTerm() {
        if (at >= text.length()) {
            return mistake("something is missing: a parameter (#name) or a text in single quotes", at);
        }
        if (text.startsWith("${", at)) {
            return mistake("placeholders are not replaced here", at);
        }
        int end = at;
        while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
            end++;
        }
        String word = text.substring(at, end);
        if (!word.isEmpty() && parameters.number(word) >= 0) {
            return mistake("a parameter is written with a #: #" + word, at);
        }
        return mistake("here stands a parameter (#name) or a text in single quotes", at);
    }

    private Mistake unexpected() {
        return mistake(
                "'" + text.charAt(at) + "' is not known here: what may follow is .property, ?.property, ['key'] or +",
                at);
    }

    private Mistake mistake(String what, int index) {
        return new Mistake(text, index, what);
    }

    private static String propertyOf(String getter) {
        boolean named = getter.length() > 3 && getter.startsWith("get");
        return named ? Character.toLowerCase(getter.charAt(3)) + getter.substring(4) : getter;
    }

    private boolean isAt(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private void skipSpaces() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
