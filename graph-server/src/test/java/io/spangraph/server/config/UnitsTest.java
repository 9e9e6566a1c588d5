package io.spangraph.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({"500ms,500", "30s,30000", "1.5m,90000", "2h,7200000", "1d,86400000", "0s,0"})
    void readsTimeSpans(String text, long millis) {
        assertThat(Units.duration(text)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "s", "-1s", "1 year", "", "1e3s", "99999999999999d"})
    void refusesOtherTimeSpans(String text) {
        assertThat(Units.duration(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "7,7",
        "7B,7",
        "1kB,1000",
        "1KB,1000",
        "1KiB,1024",
        "1.5MiB,1572864",
        "2 GB,2000000000",
        "1TiB,1099511627776"
    })
    void readsSizes(String text, long bytes) {
        assertThat(Units.size(text)).contains(bytes);
    }

    @Test
    void readsShares() {
        assertThat(Units.share("25%")).contains(0.25);
        assertThat(Units.share("0.5 %")).contains(0.005);
        assertThat(Units.share("100%")).contains(1.0);
        assertThat(Units.share("100.1%")).isEmpty();
        assertThat(Units.share("25")).isEmpty();
        assertThat(Units.share("-1%")).isEmpty();
    }

    @Test
    void refusesOtherSizes() {
        assertThat(Units.size("1 ZB")).isEmpty();
        assertThat(Units.size("99999999TiB")).isEmpty();
        assertThat(Units.size("lots")).isEmpty();
    }
}
