package io.spangraph.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class RowFormatTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static String print(Function<PrintWriter, RowFormat> format, List<String> columns, String... rows)
            throws IOException {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        RowFormat rowFormat = format.apply(out);
        rowFormat.begin(columns);
        for (String row : rows) {
            List<JsonNode> cells = new ArrayList<>();
            MAPPER.readTree(row).forEach(cells::add);
            rowFormat.row(cells);
        }
        rowFormat.end();
        return text.toString().replace(System.lineSeparator(), "\n");
    }

    @Test
    void tablesAreAlignedByWhatATerminalShows() throws IOException {
        assertThat(print(
                        out -> new TableFormat(out, false),
                        List.of("name", "tokens"),
                        "[\"opus\", 12]",
                        "[\"日本\", 1234567]",
                        "[\"e\\u0301t\\u00e9\\nnext\", null]",
                        "[{\"a\": [1, \"x\"]}, 1.5]"))
                .isEqualTo("""
                        name           tokens
                        -------------  -------
                        opus                12
                        日本           1234567
                        e\u0301t\u00e9 next
                        {"a":[1,"x"]}      1.5
                        """);
    }

    @Test
    void tablesWithoutRowsShowTheirColumns() throws IOException {
        assertThat(print(out -> new TableFormat(out, false), List.of("a", "bb")))
                .isEqualTo("a  bb\n-  --\n");
        assertThat(print(out -> new TableFormat(out, true), List.of("a"))).isEqualTo("a\n-\n\n0 rows\n");
    }

    @Test
    void onlyATerminalCutsWideCells() throws IOException {
        String row = "[\"" + "x".repeat(100) + "\"]";
        assertThat(print(out -> new TableFormat(out, false), List.of("c"), row)).contains("x".repeat(100));
        assertThat(print(out -> new TableFormat(out, true), List.of("c"), row))
                .isEqualTo("c\n" + "-".repeat(60) + "\n" + "x".repeat(59) + "…\n\n1 row\n");
    }

    @Test
    void aLongTableGoesOnWithTheWidthsOfItsBeginning() throws IOException {
        String[] rows = new String[1002];
        java.util.Arrays.fill(rows, "[\"ab\", 1]");
        rows[1001] = "[\"abcdef\", 1]";
        assertThat(print(out -> new TableFormat(out, false), List.of("c", "n"), rows))
                .startsWith("c   n\n--  -\nab  1\n")
                .endsWith("\nab  1\nabcdef  1\n");
    }

    @Test
    void csvQuotesWhatItMust() throws IOException {
        assertThat(print(
                        CsvFormat::new,
                        List.of("a", "b,c"),
                        "[1, null]",
                        "[\"say \\\"hi\\\"\", \"two\\nlines\"]",
                        "[[1,2], true]"))
                .isEqualTo("a,\"b,c\"\n1,\n\"say \"\"hi\"\"\",\"two\nlines\"\n\"[1,2]\",true\n");
    }

    @Test
    void jsonIsOneArray() throws IOException {
        assertThat(print(JsonFormat::new, List.of("a", "b"), "[1, {\"x\": null}]", "[null, \"y\"]"))
                .isEqualTo("[{\"a\":1,\"b\":{\"x\":null}},\n {\"a\":null,\"b\":\"y\"}]\n");
        assertThat(print(JsonFormat::new, List.of("a"))).isEqualTo("[]\n");
    }
}
