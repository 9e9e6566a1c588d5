package io.spangraph.server.http;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The header that names the tenant of a request. Headers carry ASCII only, so all else travels as in URLs. */
public final class TenantHeader {
    public static final String NAME = "X-Spangraph-Tenant";

    private static final Predicate<String> ENCODED =
            Pattern.compile("(?:[ -$&-~\\t]|%[0-9A-Fa-f]{2})*").asMatchPredicate();

    private TenantHeader() {}

    /** The header's text for a tenant. */
    public static String encode(String tenant) {
        return URLEncoder.encode(tenant, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The tenant of a header's text. */
    static String decode(String header) {
        if (!ENCODED.test(header)) {
            throw QueryException.of(
                            QueryErrorCode.REQUEST_INVALID,
                            "Invalid request: the header " + NAME + " is not percent-encoded.")
                    .withHint("Write '%' as %25, and each byte of UTF-8 beyond ASCII as %XX.");
        }
        return URLDecoder.decode(header.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
