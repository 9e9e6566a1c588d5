package io.spangraph.server.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spangraph.engine.context.Principal;
import io.spangraph.engine.plan.Notification;
import io.spangraph.lake.SampleLake;
import io.spangraph.server.auth.Access;
import io.spangraph.server.auth.Login;
import io.spangraph.server.config.ConfigurationReader;
import io.spangraph.server.config.ServerConfiguration;
import io.spangraph.server.config.ServerConfiguration.UnknownNames;
import io.spangraph.server.config.Setting;
import io.spangraph.server.http.PlainJson;
import io.spangraph.server.query.Door;
import io.spangraph.server.query.GraphOpener;
import io.spangraph.server.query.QueryOptions;
import io.spangraph.server.query.QueryRequest;
import io.spangraph.server.query.QueryService;
import io.spangraph.server.query.RunningQuery;
import io.spangraph.server.query.ServedGraph;
import io.spangraph.server.query.SharedExecution;
import io.spangraph.server.telemetry.QueryMetrics;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A lake that is opened in this process for one question. Whoever may read its files sees all tenants, or the one they
 * name.
 */
final class LocalGraph {
    private static final Login OWNER =
            new Login("command-line", new Access.AllTenants(), EnumSet.allOf(Principal.Role.class));

    private final Optional<Path> config;
    private final Optional<Path> data;
    private final Map<String, String> flags;
    private final Principal principal;

    LocalGraph(Optional<Path> config, Optional<Path> data, Map<String, String> flags, Optional<String> tenant) {
        this.config = config;
        this.data = data;
        this.flags = flags;
        this.principal = OWNER.principal(tenant);
    }

    void ask(String query, ObjectNode parameters, Answer answer) {
        ServerConfiguration configuration = configuration();
        Path mapping = configuration.server().graph().orElseGet(Places::sampleMapping);
        Map<String, String> variables =
                GraphOpener.variables(System.getenv(), configuration.server().data());
        ServedGraph graph = GraphOpener.open(mapping, variables, configuration);
        PlainJson json = new PlainJson(graph.schema(), principal);
        QueryRequest request = new QueryRequest(
                Door.LOCAL,
                query,
                PlainJson.parameters(parameters),
                principal,
                QueryOptions.of(configuration.unknownNames().orElse(UnknownNames.WARN)));
        QueryMetrics metrics = new QueryMetrics();
        try (QueryService service = new QueryService(
                        CompletableFuture.completedFuture(graph),
                        configuration.limits(),
                        configuration.slowQuery(),
                        SharedExecution.open(configuration, metrics),
                        metrics);
                RunningQuery running = service.run(request)) {
            answer.columns(running.columns());
            while (running.advance()) {
                answer.row(json.row(running.row()));
            }
            running.notifications().stream().map(Notification::description).forEach(answer::warning);
            running.plan().map(PlainJson::plan).ifPresent(answer::plan);
        }
    }

    /** Without any word on what to open it is the demo's lake. */
    private ServerConfiguration configuration() {
        Map<String, String> settings = new HashMap<>(flags);
        boolean toldWhere = config.isPresent()
                || flags.containsKey(Setting.DATA.path())
                || System.getenv().containsKey(Setting.DATA.environmentName())
                || System.getenv().containsKey(Setting.GRAPH.environmentName());
        if (!toldWhere) {
            Path lake = Places.demoLake();
            if (!SampleLake.exists(lake)) {
                throw new NotStartedException("There is no lake in " + lake
                        + " yet: run 'demo' once, or name one by --data or --config, or a server by --uri.");
            }
            settings.put(Setting.DATA.path(), lake.toString());
        }
        data.filter(folder -> !SampleLake.exists(folder)).ifPresent(folder -> {
            throw new NotStartedException("There is no lake in " + folder + ".");
        });
        return ConfigurationReader.read(config, System.getenv(), settings);
    }
}
