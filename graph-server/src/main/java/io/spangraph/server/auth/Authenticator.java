package io.spangraph.server.auth;

import io.spangraph.engine.context.Principal.Role;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Decides who logs in. The one place where credentials become a log-in, so that every door gives the same user the same
 * tenant.
 */
public final class Authenticator {
    private static final String NOBODY = "anonymous";

    private final UserDirectory users;
    private final PasswordVerifier verifier;

    public Authenticator(UserDirectory users, PasswordVerifier verifier) {
        this.users = users;
        this.verifier = verifier;
    }

    /** Whether everyone is let in because no users are configured. */
    public boolean isOpen() {
        return users.isOpen();
    }

    /**
     * Like {@link #authenticateLater}, for threads that may wait, such as virtual ones.
     *
     * @throws QueryException as {@code authenticateLater} fails
     */
    public Login authenticate(Credentials credentials, InetAddress client) {
        try {
            return authenticateLater(credentials, client).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof QueryException refused ? refused : e;
        }
    }

    /**
     * Finds out who logs in without holding the caller's thread: comparing a password takes time, and more after
     * failures. What depends on the outcome runs on a thread that compares passwords, so it has to be short.
     *
     * @param client from where, so that guessing at one machine does not slow down the others
     * @return fails with a {@link QueryException} of {@link QueryErrorCode#UNAUTHORIZED}, or of
     *     {@link QueryErrorCode#TOO_MANY_LOGINS}
     */
    public CompletableFuture<Login> authenticateLater(Credentials credentials, InetAddress client) {
        return switch (credentials) {
            case Credentials.Basic given when isOpen() -> CompletableFuture.completedFuture(open(given.name()));
            case Credentials.Basic given -> compare(given, client);
            case Credentials.None nothing when isOpen() -> CompletableFuture.completedFuture(open(NOBODY));
            case Credentials.None nothing ->
                CompletableFuture.failedFuture(
                        QueryException.of(QueryErrorCode.UNAUTHORIZED, "Authentication is required.")
                                .withHint("Send a user name and a password."));
        };
    }

    /**
     * The log-in as the users are configured now. For connections that stay open: whoever has been removed is not to go
     * on for as long as they hold theirs.
     *
     * @throws QueryException with {@link QueryErrorCode#UNAUTHORIZED} when there is no such user any more
     */
    public Login confirmed(Login login) {
        if (isOpen()) {
            return login;
        }
        return users.find(login.name())
                .map(User::login)
                .orElseThrow(() -> QueryException.of(
                        QueryErrorCode.UNAUTHORIZED, "User '" + login.name() + "' is not a user any more."));
    }

    private static Login open(String name) {
        return new Login(name.isBlank() ? NOBODY : name, new Access.AllTenants(), EnumSet.allOf(Role.class));
    }

    private CompletableFuture<Login> compare(Credentials.Basic given, InetAddress client) {
        Optional<User> user = users.find(given.name());
        CompletableFuture<Login> login = new CompletableFuture<>();
        CompletableFuture<Boolean> unused = verifier.verify(given, user.map(User::passwordHash), client)
                .whenComplete((matches, failure) -> {
                    if (failure != null) {
                        login.completeExceptionally(failure);
                    } else if (matches && user.isPresent()) {
                        login.complete(user.get().login());
                    } else {
                        login.completeExceptionally(QueryException.of(
                                QueryErrorCode.UNAUTHORIZED,
                                "Authentication failed: unknown user name or wrong password."));
                    }
                });
        return login;
    }
}
