package io.spangraph.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The peer's questions. */
class SqlTwinTest {
    @TempDir
    private Path folder;

    @Test
    void hasFormsAndPerhapsATableInMemory() throws IOException {
        SqlTwin twin = read("""
                -- What it asks.
                -- memory: select a from read_parquet({files})
                -- form: first
                select a
                from read_parquet({files})
                -- form: second
                select b from read_parquet({files})
                """);
        assertThat(twin.memory()).contains("select a from read_parquet({files})");
        assertThat(twin.forms())
                .containsExactly(
                        new SqlTwin.Form("first", "select a\nfrom read_parquet({files})\n"),
                        new SqlTwin.Form("second", "select b from read_parquet({files})\n"));
    }

    @Test
    void needsSqlInEachForm() {
        assertThatThrownBy(() -> read("-- nothing\n")).hasMessageContaining("one at least");
        assertThatThrownBy(() -> read("-- form: empty\n-- form: full\nselect 1\n"))
                .hasMessageContaining("needs SQL after each");
        assertThatThrownBy(() -> read("select 1\n")).hasMessageContaining("has SQL before its first");
    }

    @Test
    void isAskedOfFilesOrOfATable() {
        String sql = "select 1 from read_parquet({files})";
        assertThat(DuckDbPeer.Input.Parquet.of(List.of("/a", "/it's")).fill(sql))
                .isEqualTo("select 1 from read_parquet(['/a', '/it''s'])");
        assertThat(new DuckDbPeer.Input.InMemory("t").fill(sql)).isEqualTo("select 1 from t");
    }

    private SqlTwin read(String text) throws IOException {
        return SqlTwin.read(Files.writeString(folder.resolve("twin.sql"), text));
    }
}
