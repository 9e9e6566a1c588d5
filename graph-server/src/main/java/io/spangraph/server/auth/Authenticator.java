package io.spangraph.server.auth;

import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Decides who is asking. The one place where a credential becomes a principal, so that every door gives the same user
 * the same tenant.
 */
public final class Authenticator {
    private static final String BASIC = "basic ";
    private static final String NOBODY = "anonymous";

    private final Map<String, User> users;
    private final PasswordVerifier verifier;

    /** An authenticator for these users; with none of them everyone is let in and sees all tenants. */
    public Authenticator(List<User> users, PasswordVerifier verifier) {
        this.users = users.stream().collect(Collectors.toUnmodifiableMap(User::name, Function.identity()));
        this.verifier = verifier;
    }

    /** Whether everyone is let in because no users are configured. */
    public boolean isOpen() {
        return users.isEmpty();
    }

    /**
     * The principal behind the {@code Authorization} header of a request.
     *
     * @throws QueryException with {@link QueryErrorCode#UNAUTHORIZED}
     */
    public Principal authenticate(Optional<String> authorization) {
        Optional<Credentials> credentials = authorization.flatMap(Authenticator::decode);
        if (isOpen()) {
            return new Principal(
                    credentials.map(Credentials::name).orElse(NOBODY),
                    Optional.empty(),
                    EnumSet.allOf(Principal.Role.class));
        }
        Credentials given = credentials.orElseThrow(
                () -> QueryException.of(QueryErrorCode.UNAUTHORIZED, "Authentication is required.")
                        .withHint("Send a user name and password by HTTP Basic."));
        Optional<User> user = Optional.ofNullable(users.get(given.name()));
        if (!verifier.verify(given.name(), user.map(User::passwordHash), given.password())) {
            throw QueryException.of(
                    QueryErrorCode.UNAUTHORIZED, "Authentication failed: unknown user name or wrong password.");
        }
        return user.orElseThrow().principal();
    }

    private record Credentials(String name, String password) {
        @Override
        public String toString() {
            return name + ":***";
        }
    }

    private static Optional<Credentials> decode(String header) {
        if (!header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return Optional.empty();
        }
        try {
            byte[] decoded =
                    Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
            String text = new String(decoded, StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new Credentials(text.substring(0, colon), text.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
