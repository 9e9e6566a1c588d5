package io.spangraph.server.query;

import io.spangraph.engine.run.QueryRunner;
import io.spangraph.engine.spi.ScanSource;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.schema.RowSource;
import io.spangraph.model.table.TableName;
import java.util.Set;
import java.util.stream.Collectors;

/** An opened graph: its schema, its tables, and what translates and runs queries on them. */
public record ServedGraph(GraphSchema schema, ScanSource source, QueryTranslator translator, QueryRunner runner)
        implements AutoCloseable {

    /** Every table that the graph reads. */
    public Set<TableName> tables() {
        return schema.sources().stream().map(RowSource::table).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void close() {
        source.close();
    }
}
