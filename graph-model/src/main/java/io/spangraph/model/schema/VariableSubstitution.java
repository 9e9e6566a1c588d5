package io.spangraph.model.schema;

import io.spangraph.model.DidYouMean;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills {@code ${NAME}} and {@code ${NAME:default}} in the settings of catalogs, so that a mapping holds neither secrets
 * nor paths of one machine. {@code $${} stands for a plain {@code ${}. Values are not substituted again.
 */
final class VariableSubstitution {
    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\$\\{|\\$\\{([A-Za-z_][A-Za-z0-9_.-]*)(?::([^}]*))?}|\\$\\{");

    private final Map<String, String> variables;

    VariableSubstitution(Map<String, String> variables) {
        this.variables = variables;
    }

    /** What to do with a reference that cannot be filled, by its offset in the text. */
    interface Complaint {
        void at(int offset, String message);
    }

    /** The text with its variables filled; empty after a complaint. */
    Optional<String> apply(String text, Complaint complaint) {
        StringBuilder filled = new StringBuilder();
        Matcher matcher = REFERENCE.matcher(text);
        boolean complete = true;
        while (matcher.find()) {
            String reference = matcher.group();
            Optional<String> value = Optional.empty();
            if (reference.equals("$${")) {
                value = Optional.of("${");
            } else if (reference.equals("${")) {
                complaint.at(matcher.start(), "Expected ${NAME} or ${NAME:default}; for a plain '${' write '$${'.");
            } else {
                value = value(matcher.group(1), Optional.ofNullable(matcher.group(2)), matcher.start(), complaint);
            }
            complete &= value.isPresent();
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value.orElse("")));
        }
        matcher.appendTail(filled);
        return complete ? Optional.of(filled.toString()) : Optional.empty();
    }

    private Optional<String> value(String name, Optional<String> fallback, int offset, Complaint complaint) {
        Optional<String> value = Optional.ofNullable(variables.get(name)).or(() -> fallback);
        if (value.isEmpty()) {
            complaint.at(
                    offset,
                    "Variable '" + name + "' is not set. Set it in the environment, or write a default: ${" + name
                            + ":...}." + DidYouMean.hint(name, variables.keySet()));
        }
        return value;
    }
}
