package io.spangraph.engine.procedure;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.model.DidYouMean;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A relation that is computed by name and arguments: what {@code CALL} calls. All procedures only read.
 *
 * @param name as it is called, with its namespace; case matters
 * @param reads what its rows depend on
 */
public record Procedure(
        String name, String description, List<Argument> arguments, List<Column> columns, Reads reads, Body body) {
    public Procedure {
        arguments = List.copyOf(arguments);
        columns = List.copyOf(columns);
    }

    /** What the rows of a procedure depend on, so that whoever runs it can choose snapshots of the tables it reads. */
    public enum Reads {
        /** The mapping, the server and who asks. */
        NO_ROWS,
        /** Rows of the graph too. */
        ROWS
    }

    /** The computation. Rows come one by one as they are asked for; the stream is closed when no more are wanted. */
    @FunctionalInterface
    public interface Body {
        Stream<List<Value>> rows(List<Value> arguments, ProcedureContext context);
    }

    /**
     * An argument.
     *
     * @param defaultValue what it is when the call leaves it out; empty: it must be given
     */
    public record Argument(String name, ValueType type, Optional<Value> defaultValue, String description) {
        /** As a signature shows it. */
        public String signature() {
            return name
                    + defaultValue
                            .map(value -> " = " + Signatures.literal(value))
                            .orElse("") + " :: " + type.spelling();
        }
    }

    /**
     * A column of the rows.
     *
     * @param brief whether a SHOW command without YIELD has it
     */
    public record Column(String name, ValueType type, String description, boolean brief) {
        public static Column of(String name, ValueType type, String description) {
            return new Column(name, type, description, true);
        }

        /** A column that a SHOW command has only when YIELD asks for it. */
        public static Column onDemand(String name, ValueType type, String description) {
            return new Column(name, type, description, false);
        }

        public String signature() {
            return name + " :: " + type.spelling();
        }
    }

    /** The procedure with its types, as {@code SHOW PROCEDURES} has it. */
    public String signature() {
        return name + "("
                + arguments.stream().map(Argument::signature).collect(Collectors.joining(", ")) + ") :: ("
                + columns.stream().map(Column::signature).collect(Collectors.joining(", ")) + ")";
    }

    /** How many arguments a call has to give at least. */
    public int requiredArguments() {
        return (int) arguments.stream()
                .filter(argument -> argument.defaultValue().isEmpty())
                .count();
    }

    public List<String> columnNames() {
        return columns.stream().map(Column::name).toList();
    }

    /** Where a column stands in the rows, or an error that names those that there are. */
    public int position(String column) {
        int position = columnNames().indexOf(column);
        if (position < 0) {
            throw QueryException.of(
                            QueryErrorCode.SEMANTIC_ERROR,
                            "Unknown procedure output: `" + column + "`." + DidYouMean.hint(column, columnNames()))
                    .withHint("'" + name + "' yields " + String.join(", ", columnNames()) + ".");
        }
        return position;
    }

    /** The rows for these arguments, of which the last may be left out where they have a default. */
    public Stream<List<Value>> rows(List<Value> given, ProcedureContext context) {
        List<Value> complete = new ArrayList<>(given);
        for (Argument argument : arguments.subList(given.size(), arguments.size())) {
            complete.add(argument.defaultValue().orElseThrow(() -> missing(argument)));
        }
        for (int i = 0; i < complete.size(); i++) {
            Argument argument = arguments.get(i);
            if (!argument.type().accepts(complete.get(i))) {
                throw QueryException.of(
                        QueryErrorCode.TYPE_ERROR,
                        "Argument '" + argument.name() + "' of '" + name + "' expected "
                                + argument.type().spelling() + " but got " + Values.typeName(complete.get(i)) + ".");
            }
        }
        return body.rows(complete, context);
    }

    private QueryException missing(Argument argument) {
        return QueryException.of(
                        QueryErrorCode.SEMANTIC_ERROR,
                        "Procedure call does not provide the required argument '" + argument.name() + "'.")
                .withHint("The signature is " + signature() + ".");
    }
}
