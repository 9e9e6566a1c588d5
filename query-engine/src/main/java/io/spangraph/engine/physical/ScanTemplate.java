package io.spangraph.engine.physical;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.plan.PinMode;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.model.schema.EdgeType;
import io.spangraph.model.schema.MappingExpression;
import io.spangraph.model.schema.VertexType;
import io.spangraph.model.table.TableName;
import io.spangraph.model.value.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A scan of one source as far as it is known before the query runs: the tenant and the values of parameters are bound
 * later, so that a plan can be kept and shared.
 *
 * @param conditions of the mapping, over base columns: a row counts only if all are true
 * @param required columns that are never null in a row that counts: keys of vertices, ends and scope keys of edges
 * @param present base columns of the same kind whose values nobody reads: the source leaves out rows without them
 * @param predicates of the query, over the columns
 * @param pushdown what the source may skip by; the predicates stay, so it need not be exact
 */
public record ScanTemplate(
        Subject subject,
        PinMode pin,
        List<ScanColumn> columns,
        List<MappingExpression> conditions,
        List<ColumnId> required,
        List<String> present,
        List<Expression> predicates,
        Pushdown pushdown) {

    public ScanTemplate {
        columns = List.copyOf(columns);
        conditions = List.copyOf(conditions);
        required = List.copyOf(required);
        present = List.copyOf(present);
        predicates = List.copyOf(predicates);
    }

    /** What the rows are: vertices, perhaps with edges on them, or edges. */
    public sealed interface Subject {
        TableName table();

        /** Name of the vertex type, or identifier of the edge type. */
        String name();

        record Vertices(VertexType type, List<EdgeType> edgesOnRow) implements Subject {
            public Vertices {
                edgesOnRow = List.copyOf(edgesOnRow);
            }

            @Override
            public TableName table() {
                return type.source().table();
            }

            @Override
            public String name() {
                return type.name();
            }
        }

        record Edges(EdgeType type) implements Subject {
            @Override
            public TableName table() {
                return type.source().table();
            }

            @Override
            public String name() {
                return type.identifier();
            }
        }
    }

    /** A column of the scan's rows. */
    public record ScanColumn(ColumnId id, ScanValue value) {}

    /** Where a column of a scan comes from. */
    public sealed interface ScanValue {
        record Constant(Value value) implements ScanValue {}

        record Mapped(MappingExpression expression) implements ScanValue {}

        /** The reference of the row. */
        record RowReference() implements ScanValue {}
    }

    /** The template of a fetch: these columns of rows that are known to count. */
    ScanTemplate ofColumns(List<ScanColumn> fetched) {
        return new ScanTemplate(subject, pin, fetched, List.of(), List.of(), List.of(), List.of(), Pushdown.EVERYTHING);
    }

    /** Of a fetch, these columns. */
    ScanTemplate only(Set<ColumnId> wanted) {
        return ofColumns(
                columns.stream().filter(column -> wanted.contains(column.id())).toList());
    }

    /** The columns of the scan's rows. */
    public List<ColumnId> columnIds() {
        return columns.stream().map(ScanColumn::id).toList();
    }

    /** Where a column comes from, if the scan provides it. */
    public Optional<ScanValue> source(ColumnId column) {
        return columns.stream()
                .filter(candidate -> candidate.id().equals(column))
                .map(ScanColumn::value)
                .findFirst();
    }

    /** The base column that a column passes on as it is. */
    public Optional<String> plainColumn(ColumnId column) {
        return source(column)
                .flatMap(value -> value instanceof ScanValue.Mapped(MappingExpression.ColumnPath path)
                                && path.fields().isEmpty()
                        ? Optional.of(path.column())
                        : Optional.empty());
    }

    public boolean rowReferences() {
        return columns.stream().anyMatch(column -> column.value() instanceof ScanValue.RowReference);
    }

    /** Every base column that the scan reads. */
    public List<String> baseColumns() {
        Set<String> names = new LinkedHashSet<>();
        if (pin instanceof PinMode.ByTenant(MappingExpression owner)) {
            names.addAll(MappingExpression.columnsOf(owner));
        }
        conditions.forEach(condition -> names.addAll(MappingExpression.columnsOf(condition)));
        for (ScanColumn column : columns) {
            if (column.value() instanceof ScanValue.Mapped(MappingExpression expression)) {
                names.addAll(MappingExpression.columnsOf(expression));
            }
        }
        return List.copyOf(names);
    }
}
