package io.spangraph.cypher;

import io.spangraph.cypher.bind.UnknownNames;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.explain.PlanPrinter;
import io.spangraph.engine.plan.QueryPlan;
import io.spangraph.engine.plan.QueryPlan.Mode;
import io.spangraph.engine.plan.QueryPlan.ResultColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A file of cases: {@code # title}, the query, {@code ---}, and what it gives. Titles that start with {@code warn} are
 * translated with unknown names reported instead of refused; those that start with {@code rows} also give the rows over
 * the {@link SmallLake}, sorted unless it is {@code rows in order}.
 */
record CaseFile(Path path, List<Case> cases) {
    private static final String SEPARATOR = "---";

    record Case(String title, String query, String expected) {}

    static CaseFile read(Path path) throws IOException {
        List<Case> cases = new ArrayList<>();
        String title = "";
        StringBuilder query = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        boolean inQuery = true;
        for (String line : Files.readAllLines(path)) {
            if (line.startsWith("# ")) {
                add(cases, title, query, expected);
                title = line.substring(2);
                inQuery = true;
            } else if (inQuery && line.equals(SEPARATOR)) {
                inQuery = false;
            } else {
                (inQuery ? query : expected).append(line).append('\n');
            }
        }
        add(cases, title, query, expected);
        return new CaseFile(path, cases);
    }

    private static void add(List<Case> cases, String title, StringBuilder query, StringBuilder expected) {
        if (!title.isEmpty()) {
            cases.add(new Case(
                    title, query.toString().strip(), expected.toString().strip()));
        }
        query.setLength(0);
        expected.setLength(0);
    }

    /** Writes the file anew with what its queries give now. */
    void update() throws IOException {
        String text = cases.stream()
                .map(one -> "# " + one.title() + "\n" + one.query() + "\n" + SEPARATOR + "\n" + actual(one) + "\n")
                .collect(Collectors.joining("\n"));
        Files.writeString(path, text);
    }

    /** What a query gives: plan, columns, notifications and rows, or the error. */
    static String actual(Case one) {
        UnknownNames unknownNames = one.title().startsWith("warn") ? UnknownNames.WARN : UnknownNames.ERROR;
        try {
            QueryPlan plan =
                    CypherTranslator.translate(one.query(), TranslationOptions.of(SpanGraph.SCHEMA, unknownNames));
            return (render(plan).strip() + rows(one)).strip();
        } catch (QueryException error) {
            return error.code() + ": " + error.getMessage()
                    + error.hint().map(hint -> "\nhint: " + hint).orElse("");
        }
    }

    /** What the query means, and what the engine gives for it if that is something else. */
    private static String rows(Case one) {
        if (!one.title().startsWith("rows")) {
            return "";
        }
        boolean ordered = one.title().startsWith("rows in order");
        List<String> meant = listed(SmallLake.rows(one.query()), ordered);
        List<String> given = listed(SmallLake.answers(one.query()), ordered);
        return "\nrows:\n" + String.join("\n", meant)
                + (given.equals(meant) ? "" : "\nbut the engine gives:\n" + String.join("\n", given));
    }

    private static List<String> listed(List<String> rows, boolean ordered) {
        return ordered ? rows : rows.stream().sorted().toList();
    }

    private static String render(QueryPlan plan) {
        String mode = plan.mode() == Mode.RUN ? "" : "mode: " + plan.mode() + "\n";
        String columns = plan.columns().stream().map(CaseFile::render).collect(Collectors.joining(", "));
        String notes = plan.notifications().stream()
                .map(note -> "\n" + note.severity() + " " + note.code() + ": " + note.description()
                        + note.position().map(at -> " (" + at + ")").orElse(""))
                .collect(Collectors.joining());
        String state = plan.snapshot().map(asked -> "state: " + asked + "\n").orElse("");
        return mode + state + PlanPrinter.print(plan.plan()) + "columns: " + columns + notes;
    }

    private static String render(ResultColumn column) {
        String name = column.name().equals(column.variable().name())
                ? column.name()
                : "`" + column.name() + "` = " + column.variable();
        return column.variable().isEntity() ? name + " (" + column.variable().kind() + ")" : name;
    }
}
