package io.spangraph.cypher.parse;

import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.model.SourcePosition;
import io.spangraph.model.value.Value;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** The values of literals and the text of names. The grammar takes any digits and escapes; what they mean is here. */
final class Literals {
    private static final Pattern DECIMAL = Pattern.compile("[0-9]+(_[0-9]+)*");
    private static final Pattern HEX = Pattern.compile("0x_?[0-9a-fA-F]+(_[0-9a-fA-F]+)*");
    private static final Pattern OCTAL = Pattern.compile("0o_?[0-7]+(_[0-7]+)*");
    private static final Pattern FLOAT =
            Pattern.compile("([0-9]+(_[0-9]+)*)?(\\.[0-9]+(_[0-9]+)*)?([eE][+-]?[0-9]+(_[0-9]+)*)?");

    private Literals() {}

    /** An integer; the sign is part of it, because the smallest one has no positive counterpart. */
    static Value integer(String digits, boolean negative, SourcePosition position) {
        BigInteger magnitude = magnitude(digits, position);
        BigInteger signed = negative ? magnitude.negate() : magnitude;
        if (signed.bitLength() > 63) {
            throw CypherErrors.syntax("integer, " + (negative ? "-" : "") + digits + ", is too large", position);
        }
        return Value.of(signed.longValueExact());
    }

    private static BigInteger magnitude(String digits, SourcePosition position) {
        if (digits.length() > 128) {
            throw CypherErrors.syntax("integer of " + digits.length() + " digits is too large", position);
        }
        String bare = digits.replace("_", "");
        if (DECIMAL.matcher(digits).matches()) {
            return new BigInteger(bare);
        }
        if (HEX.matcher(digits).matches()) {
            return new BigInteger(bare.substring(2), 16);
        }
        if (OCTAL.matcher(digits).matches()) {
            return new BigInteger(bare.substring(2), 8);
        }
        throw invalidNumber(digits, position);
    }

    static Value floating(String digits, boolean negative, SourcePosition position) {
        if (!FLOAT.matcher(digits).matches()) {
            throw invalidNumber(digits, position);
        }
        double value = Double.parseDouble(digits.replace("_", ""));
        if (Double.isInfinite(value)) {
            throw CypherErrors.syntax("floating point number, " + digits + ", is too large", position);
        }
        return Value.of(negative ? -value : value);
    }

    private static RuntimeException invalidNumber(String digits, SourcePosition position) {
        return CypherErrors.syntax("'" + digits + "' is not a valid number", position);
    }

    /** A name, without the backticks around it if it has some. */
    static String name(String written) {
        return written.startsWith("`")
                ? written.substring(1, written.length() - 1).replace("``", "`")
                : written;
    }

    /** The text of a string literal, given with its quotes. */
    static Value string(String quoted, SourcePosition position) {
        String body = quoted.substring(1, quoted.length() - 1);
        if (body.indexOf('\\') < 0) {
            return Value.of(body);
        }
        StringBuilder text = new StringBuilder(body.length());
        int at = 0;
        while (at < body.length()) {
            char c = body.charAt(at);
            if (c != '\\') {
                text.append(c);
                at++;
            } else {
                at = escape(body, at + 1, text, position);
            }
        }
        return Value.of(text.toString());
    }

    /** Appends what the escape at this index stands for, and returns the index behind it. */
    private static int escape(String body, int at, StringBuilder text, SourcePosition position) {
        char c = body.charAt(at);
        switch (c) {
            case 't' -> text.append('\t');
            case 'b' -> text.append('\b');
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 'f' -> text.append('\f');
            case '\\', '\'', '"', '`', '/' -> text.append(c);
            case 'u' -> {
                return unicode(body, at + 1, 4, text, position);
            }
            case 'U' -> {
                return unicode(body, at + 1, 8, text, position);
            }
            default ->
                throw CypherErrors.syntax(
                        "Invalid escape '\\" + c + "' in a string; for a backslash write '\\\\'", position);
        }
        return at + 1;
    }

    private static int unicode(String body, int at, int digits, StringBuilder text, SourcePosition position) {
        int end = at + digits;
        boolean valid = end <= body.length()
                && body.substring(at, end).chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
        long codePoint = valid ? Long.parseLong(body.substring(at, end), 16) : -1;
        if (codePoint < 0 || codePoint > Character.MAX_CODE_POINT) {
            throw CypherErrors.syntax(
                    "Invalid unicode escape in a string; it is \\uXXXX or \\UXXXXXXXX with hexadecimal digits",
                    position);
        }
        text.appendCodePoint((int) codePoint);
        return end;
    }
}
