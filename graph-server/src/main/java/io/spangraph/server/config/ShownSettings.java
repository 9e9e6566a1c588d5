package io.spangraph.server.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The settings that every user may see. What is not listed here is not shown: paths, addresses and names of users are
 * nobody's business but the operator's.
 */
public final class ShownSettings {
    private static final Map<Setting, Function<ServerConfiguration, Object>> SHOWN = shown();

    private ShownSettings() {}

    /** A setting with its value as text; what it is by default is written in the same way. */
    public record ShownSetting(String name, String value, String defaultValue, String description) {}

    public static List<ShownSetting> of(ServerConfiguration configuration) {
        ServerConfiguration defaults = ConfigurationReader.read(Optional.empty(), Map.of(), Map.of());
        return SHOWN.entrySet().stream()
                .map(setting -> new ShownSetting(
                        setting.getKey().path(),
                        text(setting.getValue().apply(configuration)),
                        text(setting.getValue().apply(defaults)),
                        setting.getKey().summary()))
                .toList();
    }

    private static String text(Object value) {
        return value instanceof Duration duration ? duration.toMillis() + "ms" : value.toString();
    }

    private static Map<Setting, Function<ServerConfiguration, Object>> shown() {
        Map<Setting, Function<ServerConfiguration, Object>> shown = new LinkedHashMap<>();
        shown.put(Setting.FRESHNESS, settings -> settings.scan().freshness());
        shown.put(Setting.TIMEOUT, settings -> settings.limits().query().timeout());
        shown.put(Setting.ROWS, settings -> settings.limits().query().maxRows());
        shown.put(Setting.MEMORY, settings -> settings.limits().query().maxMemoryBytes());
        shown.put(Setting.SCAN_BYTES, settings -> settings.limits().query().maxScanBytes());
        shown.put(Setting.QUERY_LENGTH, settings -> settings.limits().queryLength());
        shown.put(Setting.CYPHER_PLAN_CACHE, settings -> settings.limits().planCache());
        shown.put(Setting.REQUEST_BYTES, settings -> settings.limits().requestBytes());
        shown.put(Setting.CONCURRENT_QUERIES, settings -> settings.limits().concurrentQueries());
        shown.put(Setting.TRANSACTIONS, settings -> settings.limits().transactions());
        shown.put(Setting.TRANSACTION_IDLE, settings -> settings.limits().transactionIdle());
        return shown;
    }
}
