package io.spangraph.engine.procedure;

import io.spangraph.engine.context.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What procedures tell about the server. Addresses, users and running queries are asked for anew each time, because they
 * are known or change only while the server runs.
 *
 * @param name of the program
 * @param version of the program
 * @param address host and port at which Bolt clients reach it, where there is such a door
 * @param settings what may be shown of the configuration; never a secret
 * @param queries the running queries that a principal may see
 * @param users all users; procedures show of them what the one who asks may see
 */
public record ServerFacts(
        String name,
        String version,
        Supplier<Optional<String>> address,
        List<SettingFact> settings,
        Function<Principal, List<QueryFact>> queries,
        Supplier<List<UserFact>> users) {
    /** Where the engine runs without a server. */
    public static final ServerFacts NO_SERVER =
            new ServerFacts("Spangraph", "0", Optional::empty, List.of(), principal -> List.of(), List::of);

    public ServerFacts {
        settings = List.copyOf(settings);
    }

    /** A setting as it stands in the configuration's file, and what it is without one. */
    public record SettingFact(String name, String value, String defaultValue, String description) {}

    /** A query that runs now. */
    public record QueryFact(String id, String user, String text, Instant started, long millis, boolean cancelled) {}

    /**
     * A user.
     *
     * @param tenant the only tenant that the user sees; empty: all
     * @param roles in Spangraph's words
     */
    public record UserFact(String name, Optional<String> tenant, Set<String> roles) {
        public UserFact {
            roles = Set.copyOf(roles);
        }
    }
}
