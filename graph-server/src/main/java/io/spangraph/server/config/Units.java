package io.spangraph.server.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads time spans, sizes and shares as people write them: {@code 30s}, {@code 512MiB}, {@code 25%}. */
public final class Units {
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,6})?)\\s*([A-Za-z]*)");

    private static final Pattern SHARE = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?)\\s*%");

    private static final Map<String, Long> NANOSECONDS = Map.of(
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L,
            "d", 86_400_000_000_000L);

    private static final Map<String, Long> BYTES = bytes();

    private Units() {}

    /** A time span; empty unless it is a number with one of the units ms, s, m, h, d. */
    public static Optional<Duration> duration(String text) {
        return amount(text, NANOSECONDS).map(Duration::ofNanos);
    }

    /** A number of bytes; the unit may be missing. */
    public static Optional<Long> size(String text) {
        return amount(text, BYTES);
    }

    /** A share from {@code 0%} to {@code 100%} as a fraction. */
    public static Optional<Double> share(String text) {
        Matcher matcher = SHARE.matcher(text.strip());
        return matcher.matches()
                ? Optional.of(Double.parseDouble(matcher.group(1)) / 100).filter(share -> share <= 1)
                : Optional.empty();
    }

    private static Optional<Long> amount(String text, Map<String, Long> units) {
        Matcher matcher = AMOUNT.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Optional<BigDecimal> amount = Optional.ofNullable(units.get(matcher.group(2)))
                .map(unit -> new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit)));
        return amount.filter(value -> value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0)
                .map(BigDecimal::longValue);
    }

    private static Map<String, Long> bytes() {
        Map<String, Long> units = new LinkedHashMap<>();
        units.put("", 1L);
        units.put("B", 1L);
        long binary = 1;
        long decimal = 1;
        for (String prefix : new String[] {"K", "M", "G", "T"}) {
            binary *= 1024;
            decimal *= 1000;
            units.put(prefix + "iB", binary);
            units.put(prefix + "B", decimal);
        }
        units.put("kB", 1000L);
        return units;
    }
}
