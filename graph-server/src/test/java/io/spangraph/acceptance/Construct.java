package io.spangraph.acceptance;

import io.spangraph.engine.procedure.Procedure;
import io.spangraph.engine.procedure.Procedures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One statement to ask as every kind of user.
 *
 * @param common whether the answer may hold nothing that belongs to a tenant, whoever asks
 */
record Construct(String name, String text, boolean common) {
    private static final String COMMON = " (common)";

    /** Those of a file, separated by empty lines, and a call of every procedure. */
    static List<Construct> readAll(Path file) throws IOException {
        List<Construct> constructs = new ArrayList<>();
        String[] paragraphs = Files.readString(file).split("\n\n");
        for (int i = 1; i < paragraphs.length; i++) {
            String[] lines = paragraphs[i].strip().split("\n", 2);
            String name = lines[0].substring("// ".length());
            constructs.add(new Construct(name.replace(COMMON, ""), lines[1], name.endsWith(COMMON)));
        }
        Procedures.all().stream().map(Construct::calls).flatMap(List::stream).forEach(constructs::add);
        return constructs;
    }

    /** By itself, and within a query. */
    private static List<Construct> calls(Procedure procedure) {
        String call = "CALL " + procedure.name()
                + procedure.arguments().stream()
                        .limit(procedure.requiredArguments())
                        .map(argument -> "null")
                        .collect(Collectors.joining(", ", "(", ")"));
        String columns = String.join(", ", procedure.columnNames());
        return List.of(
                new Construct(procedure.name(), call, true),
                new Construct(
                        procedure.name() + " in a query",
                        procedure.columns().isEmpty() ? call : call + " YIELD " + columns + " RETURN " + columns,
                        true));
    }

    /** Whether the answer names the user, so that it differs from one user of a tenant to the next. */
    boolean isAboutTheUser() {
        return text.contains("CURRENT USER") || text.contains("SHOW TRANSACTIONS") || text.contains("CurrentUser");
    }

    boolean isAboutThePlan() {
        return text.startsWith("EXPLAIN ") || text.startsWith("PROFILE ");
    }

    /** The question about its plan, which shows values only where the request has sent them. */
    Construct explained() {
        return new Construct(name + ", explained", "EXPLAIN " + text, true);
    }

    Construct profiled() {
        return new Construct(name + ", profiled", "PROFILE " + text, true);
    }
}
