package io.spangraph.bench;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows that an engine gave, reduced to what two engines are compared by: neither rows nor elements of lists have an
 * order.
 *
 * @param rows how many
 * @param checksum of the sorted texts of all rows, so that the order does not matter
 */
record Answer(long rows, String checksum) {
    /** From rows of plain Java values; numbers are equal whatever their type. */
    static Answer of(List<? extends List<? extends @Nullable Object>> rows) {
        List<String> texts = new ArrayList<>(rows.size());
        for (List<? extends @Nullable Object> row : rows) {
            StringBuilder text = new StringBuilder();
            for (Object value : row) {
                text.append(text(value)).append('\u001f');
            }
            texts.add(text.toString());
        }
        return ofTexts(texts);
    }

    private static Answer ofTexts(List<String> texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            texts.stream().sorted().forEach(row -> {
                digest.update(row.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) '\n');
            });
            return new Answer(texts.size(), HexFormat.of().formatHex(digest.digest(), 0, 8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "\u0000";
            case Number number ->
                new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
            case List<?> list ->
                list.stream().map(Answer::text).sorted().toList().toString();
            default -> value.toString();
        };
    }
}
