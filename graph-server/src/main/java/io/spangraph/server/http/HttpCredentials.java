package io.spangraph.server.http;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.server.auth.Credentials;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Reads the {@code Authorization} header: HTTP Basic. */
final class HttpCredentials {
    private static final String BASIC = "basic ";

    private HttpCredentials() {}

    /**
     * The credentials of the header's text.
     *
     * @throws QueryException with {@link QueryErrorCode#UNAUTHORIZED} when it is of another form
     */
    static Credentials decode(String header) {
        if (!header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            throw refused("another scheme than Basic");
        }
        try {
            byte[] decoded =
                    Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(decoded))
                    .toString();
            int colon = text.indexOf(':');
            if (colon < 0) {
                throw refused("no colon between user name and password");
            }
            return new Credentials.Basic(text.substring(0, colon), text.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            throw refused("a value that is not Base64");
        } catch (CharacterCodingException e) {
            throw refused("a value that is not UTF-8");
        }
    }

    private static QueryException refused(String found) {
        return QueryException.of(QueryErrorCode.UNAUTHORIZED, "The Authorization header has " + found + ".")
                .withHint("Send a user name and a password by HTTP Basic.");
    }
}
