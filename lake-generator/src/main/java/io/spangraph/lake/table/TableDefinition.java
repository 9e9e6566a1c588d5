package io.spangraph.lake.table;

import java.util.List;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * How one table is created; data only, so that the layout of the lake can be read in one place.
 *
 * @param bucketed whether rows belong to traces and are spread by the hash of the trace id
 * @param sortColumns the order in which rows are written, declared on the table too
 */
record TableDefinition(
        String name, Schema schema, boolean bucketed, List<String> sortColumns, Map<String, String> properties) {

    static final Namespace NAMESPACE = Namespace.of("silver");

    TableDefinition {
        sortColumns = List.copyOf(sortColumns);
        properties = Map.copyOf(properties);
    }

    TableIdentifier identifier() {
        return TableIdentifier.of(NAMESPACE, name);
    }

    PartitionSpec partitionSpec(int buckets) {
        PartitionSpec.Builder builder = PartitionSpec.builderFor(schema);
        return bucketed ? builder.bucket("trace_id", buckets).build() : builder.build();
    }

    SortOrder sortOrder() {
        SortOrder.Builder builder = SortOrder.builderFor(schema);
        sortColumns.forEach(builder::asc);
        return builder.build();
    }
}
