package io.spangraph.server.config;

import io.spangraph.server.config.YamlSettings.Located;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The text of each setting, and its conversion to a type. A text that does not fit becomes a problem and the default
 * takes its place, so that the search for problems goes on.
 */
final class SettingValues {
    private static final int HIGHEST_PORT = 65_535;

    private final Map<Setting, Located> given = new EnumMap<>(Setting.class);
    private final Map<Setting, Path> folders = new EnumMap<>(Setting.class);
    private final List<ConfigurationProblem> problems;

    SettingValues(List<ConfigurationProblem> problems) {
        this.problems = problems;
    }

    /** Sets a text; a later one replaces an earlier one. Relative paths are resolved against the folder. */
    void put(Setting setting, Located text, Path folder) {
        given.put(setting, text);
        folders.put(setting, folder);
    }

    boolean isGiven(Setting setting) {
        return given.containsKey(setting);
    }

    String where(Setting setting) {
        Located located = given.get(setting);
        return located == null ? "'" + setting.path() + "'" : located.where();
    }

    Optional<String> text(Setting setting) {
        String text = given.getOrDefault(setting, new Located(setting.defaultText(), "default"))
                .text();
        return text.isBlank() ? Optional.empty() : Optional.of(text.strip());
    }

    Optional<Path> path(Setting setting) {
        return text(setting)
                .map(text -> folders.getOrDefault(setting, Path.of(""))
                        .resolve(text)
                        .toAbsolutePath()
                        .normalize());
    }

    int port(Setting setting) {
        return (int) whole(setting, 0, HIGHEST_PORT, "a port between 0 and 65535");
    }

    /** Empty for {@code off}. */
    OptionalInt portOrOff(Setting setting) {
        return text(setting).filter("off"::equals).isPresent()
                ? OptionalInt.empty()
                : OptionalInt.of((int) whole(setting, 0, HIGHEST_PORT, "a port between 0 and 65535, or off"));
    }

    int countOrNone(Setting setting) {
        return (int) whole(setting, 0, Integer.MAX_VALUE, "a whole number from 0");
    }

    /** A number that is small by its nature. */
    int countUpTo(Setting setting, int most) {
        return (int) whole(setting, 0, most, "a whole number from 0 to " + most);
    }

    int count(Setting setting) {
        return (int) whole(setting, 1, Integer.MAX_VALUE, "a whole number from 1");
    }

    long longCount(Setting setting) {
        return whole(setting, 1, Long.MAX_VALUE, "a whole number from 1");
    }

    boolean flag(Setting setting) {
        String text = text(setting).orElse("");
        if (!text.equals("true") && !text.equals("false")) {
            complain(setting, text, "true or false");
        }
        return text.equals("true");
    }

    long size(Setting setting, long most) {
        String text = text(setting).orElse("");
        Optional<Long> size = Units.size(text).filter(bytes -> bytes >= 1 && bytes <= most);
        if (size.isEmpty()) {
            String bound = most == Long.MAX_VALUE ? "" : ", at most " + most + " bytes";
            complain(setting, text, "a size such as 512MiB or 2GB" + bound);
        }
        return size.or(() -> Units.size(setting.defaultText())).orElse(1L);
    }

    /** A size, or 0 for nothing. */
    long sizeOrNone(Setting setting) {
        return text(setting).filter("0"::equals).isPresent() ? 0 : size(setting, Long.MAX_VALUE);
    }

    /** A size, or a share of the most heap that this process may use; one beyond it would end in an error much later. */
    long heapSize(Setting setting) {
        long heap = Runtime.getRuntime().maxMemory();
        String text = text(setting).orElse("");
        Optional<Long> size = heapSize(text, heap).filter(bytes -> bytes >= 1 && bytes <= heap);
        if (size.isEmpty()) {
            complain(
                    setting,
                    text,
                    "a size such as 512MiB or a share such as 25%, at most the heap of " + heap + " bytes");
        }
        return size.or(() -> heapSize(setting.defaultText(), heap)).orElse(1L);
    }

    private static Optional<Long> heapSize(String text, long heap) {
        return text.endsWith("%") ? Units.share(text).map(share -> (long) (heap * share)) : Units.size(text);
    }

    Duration duration(Setting setting, Duration least) {
        String text = text(setting).orElse("");
        Optional<Duration> duration = Units.duration(text).filter(span -> span.compareTo(least) >= 0);
        if (duration.isEmpty()) {
            complain(setting, text, "a time span such as 500ms, 30s, 5m or 1h");
        }
        return duration.or(() -> Units.duration(setting.defaultText())).orElse(least);
    }

    private long whole(Setting setting, long least, long most, String expected) {
        String text = text(setting).orElse("");
        Optional<Long> number = parse(text.replace("_", "")).filter(value -> value >= least && value <= most);
        if (number.isEmpty()) {
            complain(setting, text, expected);
        }
        return number.orElseGet(() -> Long.parseLong(setting.defaultText()));
    }

    private static Optional<Long> parse(String text) {
        return text.matches("\\d{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    void complain(Setting setting, String text, String expected) {
        problems.add(new ConfigurationProblem(
                where(setting), "'" + setting.path() + "' is '" + text + "'; expected " + expected + "."));
    }
}
