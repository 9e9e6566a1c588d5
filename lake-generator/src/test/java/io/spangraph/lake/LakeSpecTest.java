package io.spangraph.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LakeSpecTest {

    private static final Path DIRECTORY = Path.of("lake");
    private static final LakeSpec VALID = LakeSpec.demo(DIRECTORY, SmallLake.UNTIL);

    @Test
    void theDemoHasThreeTenantsWithEightThousandTraces() {
        assertThat(VALID.tenants()).containsExactly("acme", "globex", "initech");
        assertThat(VALID.spans()).isEqualTo(200_000);
        assertThat(VALID.traces()).isEqualTo(8_000);
        assertThat(VALID.directory()).isAbsolute();
    }

    @Test
    void manyTenantsGetNumbers() {
        assertThat(of(100_000, 8, SmallLake.UNTIL).tenants())
                .startsWith("acme", "globex", "initech")
                .endsWith("tenant-00007", "tenant-00008");
    }

    @Test
    void everyRefusalNamesTheOption() {
        refused(
                () -> of(999, 3, SmallLake.UNTIL),
                "--spans",
                "--spans must be between 1000 and 1000000000, but is 999");
        refused(() -> of(1_000, 0, SmallLake.UNTIL), "--tenants", "--tenants must be between 1 and 10000, but is 0");
        refused(
                () -> of(1_000, 3, Instant.EPOCH),
                "--until",
                "--until must lie between 1971-01-01T00:00:00Z and 2200-01-01T00:00:00Z, but is 1970-01-01T00:00:00Z");
        refused(() -> VALID.withTraces(199), "--traces", "--traces must be between 200 and 20000, but is 199");
        refused(
                () -> VALID.withPayloads(10, 100),
                "--payload-median",
                "--payload-median must be between 64 and 1048576, but is 10");
        refused(
                () -> VALID.withPayloads(1_000, 999),
                "--payload-p99",
                "--payload-p99 must be between 1000 and 1048576, but is 999");
        refused(
                () -> VALID.withRowGroupBytes(1),
                "--row-group-bytes",
                "--row-group-bytes must be between 65536 and 134217728, but is 1");
        refused(() -> VALID.withTenants(List.of("acme", "acme")), "--tenants", "--tenants must not name 'acme' twice");
        refused(() -> VALID.withTenants(List.of(" ")), "--tenants", "--tenants must not hold a blank name");
        refused(
                () -> LakeSpec.demo(Path.of("/lakes/what?"), SmallLake.UNTIL),
                "--out",
                "--out must not contain '?', where the address of an SQLite file ends, but is /lakes/what?");
        refused(() -> Layout.parse("otel"), "--layout", "--layout must be one of clawtrace, but is otel");
    }

    @Test
    void layoutsAreReadFromTheCommandLine() {
        assertThat(Layout.parse("clawtrace")).isEqualTo(Layout.CLAWTRACE);
    }

    private static LakeSpec of(long spans, int tenants, Instant until) {
        return LakeSpec.of(Layout.CLAWTRACE, spans, tenants, 1, until, DIRECTORY);
    }

    private static void refused(ThrowingCallable call, String option, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        InvalidLakeSpecException.class,
                        refusal -> assertThat(refusal.option()).isEqualTo(option))
                .hasMessage(message);
    }
}
