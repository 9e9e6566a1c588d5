package io.spangraph.server.config;

import io.spangraph.server.config.YamlSettings.Located;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces {@code ${NAME}} by the environment's value, so that files need not hold secrets. */
final class Substitution {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    private final Map<String, String> environment;
    private final List<ConfigurationProblem> problems;

    Substitution(Map<String, String> environment, List<ConfigurationProblem> problems) {
        this.environment = environment;
        this.problems = problems;
    }

    Located apply(Located located) {
        String text = VARIABLE.matcher(located.text()).replaceAll(match -> {
            String value = environment.get(match.group(1));
            if (value == null) {
                problems.add(new ConfigurationProblem(
                        located.where(), "The environment variable '" + match.group(1) + "' is not set."));
                return "";
            }
            return Matcher.quoteReplacement(value);
        });
        return new Located(text, located.where());
    }
}
