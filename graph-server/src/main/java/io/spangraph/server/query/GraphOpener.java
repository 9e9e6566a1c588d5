package io.spangraph.server.query;

import io.spangraph.cypher.parse.ParseLimits;
import io.spangraph.engine.procedure.ServerFacts;
import io.spangraph.engine.run.DefaultQueryRunner;
import io.spangraph.iceberg.IcebergScanSource;
import io.spangraph.iceberg.cache.ScanCache;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.schema.GraphSchemaLoader;
import io.spangraph.model.schema.GraphSchemaValidator;
import io.spangraph.model.schema.LoadedSchema;
import io.spangraph.server.config.ServerConfiguration;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Opens a graph from its mapping: reads it, opens its catalogs, and checks it against the tables as they are now. */
public final class GraphOpener {
    /** The variable by which a mapping finds a local lake. */
    private static final String DATA_VARIABLE = "data";

    private GraphOpener() {}

    /** What {@code ${NAME}} stands for in a mapping: the environment, and the folder of a local lake. */
    public static Map<String, String> variables(Map<String, String> environment, Optional<Path> data) {
        Map<String, String> variables = new HashMap<>(environment);
        data.ifPresent(folder -> variables.put(DATA_VARIABLE, folder.toString()));
        return variables;
    }

    /** Opens a graph without a server around it. The caller closes it. */
    public static ServedGraph open(Path mapping, Map<String, String> variables, ServerConfiguration configuration) {
        return open(
                mapping,
                variables,
                configuration,
                ServerFacts.NO_SERVER,
                configuration.scan().newCache());
    }

    /**
     * Opens a graph. The caller closes it.
     *
     * @param facts what procedures tell about the server
     * @param cache for what is kept of data files
     *
     * @throws io.spangraph.model.schema.SchemaException with everything that is wrong with the mapping
     * @throws io.spangraph.engine.context.QueryException when a catalog or table cannot be read
     */
    public static ServedGraph open(
            Path mapping,
            Map<String, String> variables,
            ServerConfiguration configuration,
            ServerFacts facts,
            ScanCache cache) {
        LoadedSchema loaded = GraphSchemaLoader.read(mapping, variables);
        IcebergScanSource source = IcebergScanSource.open(loaded.schema().catalogs(), configuration.scan(), cache);
        try {
            GraphSchema schema = loaded.with(GraphSchemaValidator.validate(loaded.schema(), source))
                    .orThrow();
            ParseLimits limits =
                    ParseLimits.DEFAULT.withQueryLength(configuration.limits().queryLength());
            return new ServedGraph(
                    schema, source, new CypherTexts(schema, limits), new DefaultQueryRunner(schema, source, facts));
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }
}
