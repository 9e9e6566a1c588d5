package io.spangraph.lake;

import java.nio.file.Path;
import java.time.Instant;

/** Specs of lakes that are written in about a second, with short payloads and small row groups. */
final class SmallLake {

    static final Instant UNTIL = Instant.parse("2026-11-21T12:00:00Z");
    static final int ROWS = 8_000;

    private SmallLake() {}

    static LakeSpec spec(Path directory, long seed) {
        return LakeSpec.of(Layout.CLAWTRACE, ROWS, 3, seed, UNTIL, directory)
                .withPayloads(256, 4_096)
                .withRowGroupBytes(1 << 17);
    }
}
