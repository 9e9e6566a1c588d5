package io.spangraph.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The tenant that a request says it is for. A request that says it twice and differently is refused: there is no telling
 * which of the two its sender meant.
 */
final class NamedTenant {
    private static final String IMPERSONATED = "impersonatedUser";

    private NamedTenant() {}

    /** The tenant of the request's header. */
    static Optional<String> of(Context context) {
        List<String> names = Collections.list(context.req().getHeaders(TenantHeader.NAME)).stream()
                .map(TenantHeader::decode)
                .distinct()
                .toList();
        if (names.size() > 1) {
            throw conflict(names.get(0), names.get(1));
        }
        return names.stream().findFirst();
    }

    /** The tenant of the request's header, or of a Query API body that impersonates it. */
    static Optional<String> of(Context context, JsonNode body) {
        Optional<String> byHeader = of(context);
        Optional<String> byBody = impersonated(body.path(IMPERSONATED));
        if (byHeader.isPresent() && byBody.isPresent() && !byHeader.equals(byBody)) {
            throw conflict(byHeader.get(), byBody.get());
        }
        return byHeader.or(() -> byBody);
    }

    private static Optional<String> impersonated(JsonNode name) {
        if (name.isMissingNode() || name.isNull()) {
            return Optional.empty();
        }
        if (!name.isTextual()) {
            throw QueryException.of(
                    QueryErrorCode.REQUEST_INVALID, "Invalid request: '" + IMPERSONATED + "' must be a string.");
        }
        return Optional.of(name.textValue());
    }

    private static QueryException conflict(String one, String other) {
        return QueryException.of(
                        QueryErrorCode.ARGUMENT_ERROR,
                        "The request names two tenants, '" + one + "' and '" + other + "'.")
                .withHint("Name one of them, by the header " + TenantHeader.NAME + " or by '" + IMPERSONATED + "'.");
    }
}
