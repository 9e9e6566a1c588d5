package io.spangraph.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The peer's side of a row, from {@code bench/sql/scan}: every form of the question that a good engineer would try, of
 * which the quickest counts, and the table for its memory where the row has one.
 *
 * @param memory columns of the table that the peer holds in memory, as a query
 */
record SqlTwin(List<Form> forms, Optional<String> memory) {
    private static final String FORM = "-- form: ";
    private static final String MEMORY = "-- memory: ";

    /** One way to ask. In the text {@code read_parquet({files})} stands for the input; {@code ?} or {@code {key}} for the key. */
    record Form(String name, String sql) {}

    static SqlTwin read(Path file) throws IOException {
        List<Form> forms = new ArrayList<>();
        Optional<String> memory = Optional.empty();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(FORM)) {
                forms.add(new Form(line.substring(FORM.length()).strip(), ""));
            } else if (line.startsWith(MEMORY)) {
                memory = Optional.of(line.substring(MEMORY.length()).strip());
            } else if (!line.startsWith("--") && !line.isBlank()) {
                if (forms.isEmpty()) {
                    throw new IllegalArgumentException(file + " has SQL before its first '" + FORM + "' line.");
                }
                Form last = forms.removeLast();
                forms.add(new Form(last.name(), last.sql() + line + "\n"));
            }
        }
        if (forms.isEmpty() || forms.stream().anyMatch(form -> form.sql().isBlank())) {
            throw new IllegalArgumentException(file + " needs SQL after each '" + FORM + "' line, and one at least.");
        }
        return new SqlTwin(List.copyOf(forms), memory);
    }
}
