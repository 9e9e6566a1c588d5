package io.spangraph.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleLakeTest {

    @TempDir
    private Path parent;

    @Test
    void aLakeExistsOnceItIsWrittenToItsEnd() throws IOException {
        Path directory = parent.resolve("new folder/läke #1 100%");
        List<Boolean> existedMeanwhile = new ArrayList<>();
        List<Long> counts = new ArrayList<>();

        assertThat(SampleLake.exists(directory)).isFalse();
        LakeGenerator.generate(spec(directory), (done, total) -> {
            existedMeanwhile.add(SampleLake.exists(directory));
            counts.add(done);
        });

        assertThat(existedMeanwhile).isNotEmpty().doesNotContain(true);
        assertThat(counts).isSorted().endsWith(1_000L);
        assertThat(SampleLake.exists(directory)).isTrue();
        assertThat(directory.resolve("lake.json")).content().contains("\"seed\" : 5", "\"silver.pg_spans\"");
        assertThatThrownBy(() -> LakeGenerator.generate(spec(directory), ProgressListener.NONE))
                .isInstanceOf(LakeException.class)
                .hasMessage(directory + " holds a lake already. Delete it or choose another folder.");
    }

    @Test
    void anInterruptedWritingIsNoticedAndDoneAgain() {
        Path directory = parent.resolve("lake");

        assertThatThrownBy(() -> LakeGenerator.generate(spec(directory), (done, total) -> {
                    throw new IllegalStateException("the listener has seen enough");
                }))
                .isInstanceOf(LakeException.class)
                .hasMessage("Cannot write a lake to " + directory + ": the listener has seen enough");
        assertThat(directory.resolve("UNFINISHED")).exists();
        assertThat(SampleLake.exists(directory)).isFalse();

        LakeGenerator.generate(spec(directory), ProgressListener.NONE);
        assertThat(SampleLake.exists(directory)).isTrue();
        assertThat(directory.resolve("UNFINISHED")).doesNotExist();
    }

    @Test
    void anInterruptStopsTheWriting() {
        Path directory = parent.resolve("lake");
        Thread caller = Thread.currentThread();

        assertThatThrownBy(() -> LakeGenerator.generate(spec(directory), (done, total) -> caller.interrupt()))
                .isInstanceOf(LakeException.class)
                .hasMessage("The writing of " + directory + " was interrupted.");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(SampleLake.exists(directory)).isFalse();
    }

    @Test
    void aLakeThatIsBeingWrittenIsLeftAlone() {
        Path directory = parent.resolve("lake");
        List<Throwable> refusals = new ArrayList<>();

        LakeGenerator.generate(spec(directory), (done, total) -> {
            if (refusals.isEmpty()) {
                refusals.add(catchThrowable(() -> LakeGenerator.generate(spec(directory), ProgressListener.NONE)));
            }
        });

        assertThat(refusals).singleElement().isInstanceOf(LakeException.class);
        assertThat(refusals.get(0)).hasMessage("Another process is writing a lake to " + directory + ".");
        assertThat(SampleLake.exists(directory)).isTrue();
    }

    @Test
    void aFolderWithOtherThingsInItIsRefusedAndKept() throws IOException {
        Path directory = Files.createDirectory(parent.resolve("home"));
        Path letter = Files.writeString(directory.resolve("letter.txt"), "dear reader");

        assertThatThrownBy(() -> LakeGenerator.generate(spec(directory), ProgressListener.NONE))
                .isInstanceOf(LakeException.class)
                .hasMessage(directory + " is not empty and holds no lake. Choose an empty or a new folder.");
        assertThat(letter).hasContent("dear reader");
    }

    @Test
    void aLakeWithoutOneOfItsTablesIsNone() throws IOException {
        Path directory = parent.resolve("lake");
        LakeGenerator.generate(spec(directory), ProgressListener.NONE);

        Files.move(SampleLake.warehouse(directory).resolve("silver/pg_agents"), parent.resolve("pg_agents"));

        assertThat(SampleLake.exists(directory)).isFalse();
    }

    private static LakeSpec spec(Path directory) {
        return LakeSpec.of(Layout.CLAWTRACE, 1_000, 2, 5, SmallLake.UNTIL, directory)
                .withPayloads(64, 128);
    }
}
