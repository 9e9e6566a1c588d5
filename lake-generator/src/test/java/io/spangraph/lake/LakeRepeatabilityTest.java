package io.spangraph.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeRepeatabilityTest {

    @TempDir
    private Path directory;

    @Test
    void theSameSeedGivesTheSameFilesAndAnotherSeedGivesOthers() throws IOException {
        Map<String, Integer> first = write("first", 1);
        Map<String, Integer> again = write("again", 1);
        Map<String, Integer> other = write("other", 2);

        assertThat(first).hasSize(4 * 8 + 2);
        assertThat(again).isEqualTo(first);
        assertThat(other).hasSameSizeAs(first);
        first.forEach((file, hash) -> {
            if (file.contains("bucket")) {
                assertThat(other.get(file)).as(file).isNotEqualTo(hash);
            }
        });
    }

    private Map<String, Integer> write(String name, long seed) throws IOException {
        Path lake = directory.resolve(name);
        LakeSpec spec = LakeSpec.of(Layout.CLAWTRACE, 3_000, 3, seed, SmallLake.UNTIL, lake)
                .withPayloads(128, 512);
        LakeGenerator.generate(spec, ProgressListener.NONE);
        Map<String, Integer> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(SampleLake.warehouse(lake))) {
            for (Path file :
                    (Iterable<Path>) files.filter(path -> path.toString().endsWith(".parquet"))::iterator) {
                hashes.put(lake.relativize(file).toString(), Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return hashes;
    }
}
