package io.spangraph.engine.exec.mapping;

import io.spangraph.model.value.Value;
import io.spangraph.model.value.ValueText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.OptionalLong;

/** Functions of texts; positions count characters (code points) from 1, as in SQL. */
final class Texts {
    private static final int HASH_BYTES = 8;

    private Texts() {}

    static Value lower(Value value) {
        return value.isNull() ? value : Value.of(ValueText.plain(value).toLowerCase(Locale.ROOT));
    }

    static Value upper(Value value) {
        return value.isNull() ? value : Value.of(ValueText.plain(value).toUpperCase(Locale.ROOT));
    }

    static Value concatenation(Value[] parts) {
        StringBuilder joined = new StringBuilder();
        for (Value part : parts) {
            if (part.isNull()) {
                return Value.NULL;
            }
            joined.append(ValueText.plain(part));
        }
        return Value.of(joined.toString());
    }

    /** The first eight bytes of the SHA-256 of the text in UTF-8, in hexadecimal digits. */
    static Value hash(Value value) {
        if (value.isNull()) {
            return Value.NULL;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(ValueText.plain(value).getBytes(StandardCharsets.UTF_8));
            return Value.of(HexFormat.of().formatHex(digest, 0, HASH_BYTES));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    /** {@code substr(text, start, length)}: a negative start counts from the end. */
    static Value substring(Value[] arguments) {
        OptionalLong start = whole(arguments[1]);
        OptionalLong length = arguments.length < 3 ? OptionalLong.of(Integer.MAX_VALUE) : whole(arguments[2]);
        if (arguments[0].isNull() || start.isEmpty() || length.isEmpty()) {
            return Value.NULL;
        }
        String text = ValueText.plain(arguments[0]);
        long characters = text.codePointCount(0, text.length());
        long first = start.getAsLong() < 0 ? characters + start.getAsLong() : start.getAsLong() - 1;
        long last = length.getAsLong() > characters ? Math.max(first, 0) + characters : first + length.getAsLong();
        int from = (int) Math.clamp(first, 0L, characters);
        int to = (int) Math.clamp(last, from, characters);
        int begin = text.offsetByCodePoints(0, from);
        return Value.of(text.substring(begin, text.offsetByCodePoints(begin, to - from)));
    }

    /** {@code split(text, separator, index)}. */
    static Value part(Value[] arguments) {
        OptionalLong index = whole(arguments[2]);
        if (arguments[0].isNull() || arguments[1].isNull() || index.isEmpty() || index.getAsLong() < 1) {
            return Value.NULL;
        }
        String text = ValueText.plain(arguments[0]);
        String separator = ValueText.plain(arguments[1]);
        if (separator.isEmpty()) {
            return index.getAsLong() == 1 ? Value.of(text) : Value.NULL;
        }
        int start = 0;
        for (long skipped = 1; skipped < index.getAsLong(); skipped++) {
            int end = text.indexOf(separator, start);
            if (end < 0) {
                return Value.NULL;
            }
            start = end + separator.length();
        }
        int end = text.indexOf(separator, start);
        return Value.of(end < 0 ? text.substring(start) : text.substring(start, end));
    }

    private static OptionalLong whole(Value value) {
        if (value instanceof Value.IntegerValue(long number)) {
            return OptionalLong.of(number);
        }
        return value instanceof Value.FloatValue(double number) && number == Math.rint(number)
                ? OptionalLong.of((long) number)
                : OptionalLong.empty();
    }

    /** Whether the text fits a pattern, where % stands for any characters and _ for one; null for what is no text. */
    static Value like(Value text, Value pattern) {
        if (!(text instanceof Value.StringValue(String subject))
                || !(pattern instanceof Value.StringValue(String wanted))) {
            return Value.NULL;
        }
        return Value.of(fits(subject.codePoints().toArray(), wanted.codePoints().toArray()));
    }

    /** When characters do not fit, the last % takes one more; an earlier one never has to. */
    private static boolean fits(int[] text, int[] pattern) {
        int at = 0;
        int wanted = 0;
        int afterAny = -1;
        int retryAt = 0;
        while (at < text.length) {
            if (wanted < pattern.length && pattern[wanted] == '%') {
                afterAny = ++wanted;
                retryAt = at;
            } else if (wanted < pattern.length && (pattern[wanted] == '_' || pattern[wanted] == text[at])) {
                wanted++;
                at++;
            } else if (afterAny >= 0) {
                wanted = afterAny;
                at = ++retryAt;
            } else {
                return false;
            }
        }
        return Arrays.stream(pattern, wanted, pattern.length).allMatch(rest -> rest == '%');
    }
}
