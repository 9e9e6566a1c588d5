package io.spangraph.bench;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The rows that an engine gave, reduced to what two engines are compared by.
 *
 * @param rows how many
 * @param checksum of the sorted texts of all rows, so that the order does not matter
 */
record Answer(long rows, String checksum) {
    static Answer of(List<String> rowTexts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            rowTexts.stream().sorted().forEach(row -> {
                digest.update(row.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) '\n');
            });
            return new Answer(rowTexts.size(), HexFormat.of().formatHex(digest.digest(), 0, 8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
