package io.spangraph.iceberg.catalog;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.model.schema.GraphSchema.CatalogMapping;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.iceberg.CatalogProperties;

/** Errors of catalogs: which one, where it is, what it answered and what to check, without the secrets of its settings. */
final class CatalogErrors {
    private static final Pattern USER_INFO = Pattern.compile("//[^/@\\s]*@");
    private static final Pattern SECRET_PARAMETER =
            Pattern.compile("(?i)([?&;](?:[^=&;]*(?:password|secret|token|credential|key)[^=&;]*)=)[^&;\\s]*");
    private static final int MAX_REASON = 300;
    private static final Map<String, String> CHECKS = Map.of(
            "jdbc",
                    "Check that the database is up, that its uri, user and password are right, and that it holds Iceberg's"
                            + " tables under this catalog name (setting 'catalog-name').",
            "rest", "Check that the service is up, that the uri is right and that the credential or token is valid.",
            "glue", "Check the region and the credentials of AWS.",
            "hadoop", "Check that the warehouse folder exists and can be read.");

    private CatalogErrors() {}

    static QueryException unavailable(CatalogMapping mapping, Throwable cause) {
        return unavailable(mapping, reason(mapping, cause)).causedBy(cause);
    }

    static QueryException unavailable(CatalogMapping mapping, String reason) {
        return QueryException.of(
                        QueryErrorCode.STORAGE_UNAVAILABLE,
                        "Catalog '" + mapping.name() + "' (" + mapping.type() + ", " + location(mapping)
                                + ") cannot be read: " + reason + ".")
                .withHint(CHECKS.getOrDefault(mapping.type(), "Check the catalog's settings in graph.yaml."));
    }

    /** Where the catalog is, for people: its uri or else its warehouse. */
    static String location(CatalogMapping mapping) {
        String uri = mapping.properties().getOrDefault(CatalogProperties.URI, "");
        String shown =
                uri.isBlank() ? mapping.properties().getOrDefault(CatalogProperties.WAREHOUSE_LOCATION, "no uri") : uri;
        return mask(shown);
    }

    /** The text without passwords in URIs. */
    static String mask(String text) {
        return SECRET_PARAMETER
                .matcher(USER_INFO.matcher(text).replaceAll("//***@"))
                .replaceAll("$1***");
    }

    /** The innermost message, as that is the one that says what happened; one line, without the settings' secrets. */
    private static String reason(CatalogMapping mapping, Throwable cause) {
        Throwable innermost = cause;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String message = Optional.ofNullable(innermost.getMessage())
                .orElse(innermost.getClass().getSimpleName());
        String text = mask(message.strip().replaceAll("\\s+", " "));
        for (Map.Entry<String, String> property : mapping.properties().entrySet()) {
            if (isSecret(property.getKey()) && property.getValue().length() > 3) {
                text = text.replace(property.getValue(), "***");
            }
        }
        String shortened = text.length() > MAX_REASON ? text.substring(0, MAX_REASON) + "..." : text;
        return shortened.endsWith(".") ? shortened.substring(0, shortened.length() - 1) : shortened;
    }

    private static boolean isSecret(String property) {
        return property.matches("(?i).*(password|secret|token|credential|key).*");
    }
}
