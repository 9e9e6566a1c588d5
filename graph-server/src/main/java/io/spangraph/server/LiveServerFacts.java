package io.spangraph.server;

import io.spangraph.engine.context.Principal;
import io.spangraph.engine.procedure.ServerFacts;
import io.spangraph.engine.procedure.ServerFacts.QueryFact;
import io.spangraph.engine.procedure.ServerFacts.SettingFact;
import io.spangraph.engine.procedure.ServerFacts.UserFact;
import io.spangraph.server.auth.Access;
import io.spangraph.server.auth.User;
import io.spangraph.server.config.ServerConfiguration;
import io.spangraph.server.config.ShownSettings;
import io.spangraph.server.query.QueryInfo;
import io.spangraph.server.query.QueryService;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What procedures and SHOW commands tell about this server, as it is when they are asked. */
final class LiveServerFacts {
    private LiveServerFacts() {}

    /** @param address host and port of the Bolt door, once there is one */
    static ServerFacts of(ServerConfiguration configuration, QueryService service, Supplier<Optional<String>> address) {
        return new ServerFacts(
                "Spangraph",
                Optional.ofNullable(LiveServerFacts.class.getPackage().getImplementationVersion())
                        .orElse("development"),
                address,
                settings(configuration),
                principal -> queries(service, principal),
                () -> configuration.users().list().stream()
                        .map(LiveServerFacts::fact)
                        .toList());
    }

    private static List<SettingFact> settings(ServerConfiguration configuration) {
        return ShownSettings.of(configuration).stream()
                .map(shown -> new SettingFact(shown.name(), shown.value(), shown.defaultValue(), shown.description()))
                .toList();
    }

    private static List<QueryFact> queries(QueryService service, Principal principal) {
        return service.list(principal).stream().map(LiveServerFacts::fact).toList();
    }

    private static QueryFact fact(QueryInfo query) {
        return new QueryFact(
                query.id(), query.user(), query.text(), query.started(), query.millis(), query.cancelled());
    }

    private static UserFact fact(User user) {
        Optional<String> tenant =
                user.access() instanceof Access.OneTenant(String only) ? Optional.of(only) : Optional.empty();
        return new UserFact(
                user.name(),
                tenant,
                user.roles().stream()
                        .map(role -> role.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()));
    }
}
