package io.spangraph.engine.run;

import io.spangraph.engine.explain.ExpressionPrinter;
import io.spangraph.engine.explain.PlanDescription;
import io.spangraph.engine.explain.PlanDescription.Profile;
import io.spangraph.engine.explain.PlanPrinter;
import io.spangraph.engine.expr.Conjunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.physical.PhysicalPlan;
import io.spangraph.engine.physical.PhysicalPlan.AggregateColumn;
import io.spangraph.engine.physical.PhysicalPlan.Computed;
import io.spangraph.engine.physical.PhysicalPlan.FetchColumns;
import io.spangraph.engine.physical.PhysicalPlan.SortColumn;
import io.spangraph.engine.physical.PhysicalPlan.TableScan;
import io.spangraph.engine.physical.ScanTemplate;
import io.spangraph.engine.physical.ScanTemplate.Subject;
import io.spangraph.engine.physical.WalkShape;
import io.spangraph.engine.plan.LogicalPlan.ApplyKind;
import io.spangraph.engine.plan.QueryPlan.Mode;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.engine.run.ScanBinder.PlannedFetch;
import io.spangraph.engine.run.ScanBinder.PlannedScan;
import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.ScanMonitor;
import io.spangraph.engine.spi.ScanMonitor.ScanCounts;
import io.spangraph.engine.spi.ScanPlan.ScanEstimate;
import io.spangraph.engine.spi.ScanPredicate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Describes a physical plan under the operator names that graph users know, with what its scans will cost. */
final class PlanDescriber {
    private final PhysicalPreparedQuery query;
    private final PlannedReads reads;

    PlanDescriber(PhysicalPreparedQuery query, PlannedReads reads) {
        this.query = query;
        this.reads = reads;
    }

    /** @param profiles what each operator did; empty when the plan did not run */
    PlanDescription describe(Map<PhysicalPlan, OperatorProfile> profiles) {
        return describe(query.plan(), profiles);
    }

    private PlanDescription describe(PhysicalPlan plan, Map<PhysicalPlan, OperatorProfile> profiles) {
        List<PlanDescription> children =
                plan.inputs().stream().map(input -> describe(input, profiles)).toList();
        List<String> variables =
                plan.variables().stream().map(Variable::name).distinct().toList();
        Optional<Profile> profile = Optional.ofNullable(profiles.get(plan)).map(counts -> profile(plan, counts));
        Map<String, Object> arguments = arguments(plan);
        Optional.ofNullable(profiles.get(plan)).ifPresent(counts -> ranArguments(counts, arguments));
        if (!profiles.isEmpty()) {
            lastScan(plan)
                    .ifPresent(known -> ScanProfile.add(
                            known.monitor(), known.plan().request().pin(), arguments));
        }
        if (plan instanceof FetchColumns fetch && !profiles.isEmpty()) {
            reads.of(fetch).ifPresent(known -> ScanProfile.add(known.monitor(), known.pin(), arguments));
        }
        return new PlanDescription(operator(plan), details(plan), variables, arguments, profile, children);
    }

    private static void ranArguments(OperatorProfile counts, Map<String, Object> arguments) {
        if (counts.threads() > 1) {
            arguments.put("threads", counts.threads());
        }
        if (counts.spilledBytes() > 0) {
            arguments.put("SpilledBytes", counts.spilledBytes());
        }
    }

    private Profile profile(PhysicalPlan plan, OperatorProfile counts) {
        ScanCounts read = monitors(plan).stream().map(ScanMonitor::counts).reduce(ScanCounts.ZERO, ScanCounts::plus);
        return new Profile(counts.rows(), counts.batches(), counts.nanos(), read.bytesRead(), read.filesRead());
    }

    /** Of what the operator itself reads. */
    private List<ScanMonitor> monitors(PhysicalPlan plan) {
        return plan instanceof FetchColumns fetch
                ? reads.of(fetch).stream().map(PlannedFetch::monitor).toList()
                : Stream.concat(scans(plan), joinsOf(plan).stream().flatMap(joins -> joins.scans().stream()))
                        .map(PlannedScan::monitor)
                        .toList();
    }

    /** What the joins read that ran in place of a scan of scopes. */
    private Optional<PlannedReads> joinsOf(PhysicalPlan plan) {
        return plan instanceof PhysicalPlan.ScopeScan scan ? reads.replacing(scan.otherwise()) : Optional.empty();
    }

    private Stream<PlannedScan> scans(PhysicalPlan plan) {
        List<TableScan> scans = switch (plan) {
            case TableScan scan -> List.of(scan);
            case PhysicalPlan.ScopeScan scan ->
                List.of(scan.pattern().scopes(), scan.pattern().rows());
            case PhysicalPlan other -> List.of();
        };
        return scans.stream().flatMap(scan -> reads.of(scan).stream());
    }

    /** The scan that tells what the operator reads of each row. */
    private Optional<PlannedScan> lastScan(PhysicalPlan plan) {
        return scans(plan).reduce((before, last) -> last);
    }

    private static String operator(PhysicalPlan plan) {
        return switch (plan) {
            case PhysicalPlan.SingleRow single -> "SingleRow";
            case PhysicalPlan.NoRows none -> "EmptyResult";
            case PhysicalPlan.ArgumentRows argument -> "Argument";
            case TableScan scan ->
                scan.template().subject() instanceof Subject.Vertices ? "NodeByLabelScan" : "RelationshipTypeScan";
            case PhysicalPlan.UnionAll union -> "Union";
            case PhysicalPlan.Shared shared -> "Shared";
            case PhysicalPlan.Filter filter -> "Filter";
            case FetchColumns fetch -> "FetchColumns";
            case PhysicalPlan.Project project -> "Projection";
            case PhysicalPlan.HashJoin join ->
                switch (join.kind()) {
                    case INNER -> "HashJoin";
                    case LEFT_OUTER -> "LeftOuterHashJoin";
                    case RIGHT_OUTER -> "RightOuterHashJoin";
                    case SEMI -> "SemiHashJoin";
                    case ANTI -> "AntiHashJoin";
                    case RIGHT_SEMI -> "RightSemiHashJoin";
                    case RIGHT_ANTI -> "RightAntiHashJoin";
                };
            case PhysicalPlan.ScopeScan scan -> "ScopeScan";
            case PhysicalPlan.NestedLoopJoin join -> join.condition().isEmpty() ? "CartesianProduct" : "NestedLoopJoin";
            case PhysicalPlan.Apply apply -> apply.kind() == ApplyKind.OPTIONAL ? "OptionalApply" : "Apply";
            case PhysicalPlan.SemiApply apply -> apply.anti() ? "AntiSemiApply" : "SemiApply";
            case PhysicalPlan.RollUpApply apply -> "RollUpApply";
            case PhysicalPlan.VarExpand walk -> "VarLengthExpand(All)";
            case PhysicalPlan.ShortestPath path -> path.all() ? "AllShortestPaths" : "ShortestPath";
            case PhysicalPlan.Aggregate aggregate -> "EagerAggregation";
            case PhysicalPlan.AggregateOfEach aggregate -> "EagerAggregation";
            case PhysicalPlan.MetadataAggregate aggregate -> "AggregationFromMetadata";
            case PhysicalPlan.Distinct distinct -> "Distinct";
            case PhysicalPlan.Sort sort -> "Sort";
            case PhysicalPlan.TopN top -> "Top";
            case PhysicalPlan.Skip skip -> "Skip";
            case PhysicalPlan.Limit limit -> "Limit";
            case PhysicalPlan.Unwind unwind -> "Unwind";
            case PhysicalPlan.ProcedureCall call -> "ProcedureCall";
            case PhysicalPlan.ProduceResults results -> "ProduceResults";
        };
    }

    private static String details(PhysicalPlan plan) {
        return switch (plan) {
            case PhysicalPlan.SingleRow single -> "";
            case PhysicalPlan.NoRows none -> "";
            case PhysicalPlan.ArgumentRows argument -> columns(argument.columns());
            case TableScan(ScanTemplate template) -> scan(template);
            case PhysicalPlan.UnionAll union -> "";
            case PhysicalPlan.Shared shared -> "#" + shared.id();
            case PhysicalPlan.Filter filter -> ExpressionPrinter.print(filter.condition());
            case FetchColumns fetch -> columns(fetch.template().columnIds());
            case PhysicalPlan.Project project -> items(project.items());
            case PhysicalPlan.HashJoin join ->
                join.keys().stream()
                                .map(key -> key.build() + " = " + key.probe())
                                .collect(Collectors.joining(", "))
                        + join.residual()
                                .map(condition -> " WHERE " + ExpressionPrinter.print(condition))
                                .orElse("");
            case PhysicalPlan.ScopeScan scan -> ScopePatternText.of(scan.pattern()) + grouping(scan);
            case PhysicalPlan.NestedLoopJoin join ->
                join.condition().map(ExpressionPrinter::print).orElse("");
            case PhysicalPlan.Apply apply -> "";
            case PhysicalPlan.SemiApply apply -> "";
            case PhysicalPlan.RollUpApply apply -> aggregate(apply.result());
            case PhysicalPlan.VarExpand walk -> walk(walk.shape());
            case PhysicalPlan.ShortestPath path -> walk(path.shape());
            case PhysicalPlan.Aggregate aggregate -> aggregate(aggregate);
            case PhysicalPlan.AggregateOfEach aggregate ->
                aggregates(aggregate.aggregates()) + " BY " + aggregate.each().ordinal();
            case PhysicalPlan.MetadataAggregate aggregate -> aggregate(aggregate.scanned());
            case PhysicalPlan.Distinct distinct -> columns(distinct.identity());
            case PhysicalPlan.Sort sort -> sortKeys(sort.keys());
            case PhysicalPlan.TopN top ->
                sortKeys(top.keys())
                        + top.skip()
                                .map(skip -> " SKIP " + ExpressionPrinter.print(skip))
                                .orElse("")
                        + " LIMIT " + ExpressionPrinter.print(top.limit());
            case PhysicalPlan.Skip skip -> ExpressionPrinter.print(skip.count());
            case PhysicalPlan.Limit limit -> ExpressionPrinter.print(limit.count());
            case PhysicalPlan.Unwind unwind -> ExpressionPrinter.print(unwind.list()) + " AS " + unwind.element();
            case PhysicalPlan.ProcedureCall call ->
                ExpressionPrinter.print(new Expression.FunctionCall(call.procedure(), call.arguments()));
            case PhysicalPlan.ProduceResults results -> String.join(", ", results.names());
        };
    }

    private static String scan(ScanTemplate template) {
        String node = template.columns().stream()
                .map(column -> column.id().variable().name())
                .findFirst()
                .orElse("");
        String where = template.predicates().isEmpty()
                ? ""
                : " WHERE " + ExpressionPrinter.print(Conjunction.of(template.predicates()));
        return node + ":" + template.subject().name() + where;
    }

    private static String walk(WalkShape shape) {
        String kinds = shape.kinds().stream()
                .map(kind -> (kind.reversed() ? "<" : "") + kind.edgeType())
                .collect(Collectors.joining("|"));
        String range = "*" + shape.min() + ".."
                + (shape.max().isPresent() ? shape.max().getAsInt() : "");
        return "(" + shape.from() + ")-[:" + kinds + range + "]-(" + shape.to() + ")";
    }

    private static String columns(List<ColumnId> columns) {
        return columns.stream().map(ColumnId::toString).collect(Collectors.joining(", "));
    }

    private static String items(List<Computed> items) {
        return items.stream()
                .map(item -> {
                    if (passesOn(item)) {
                        return item.column().toString();
                    }
                    String expression = ExpressionPrinter.print(item.expression());
                    String column = item.column().toString();
                    return expression.equals(column) ? column : expression + " AS " + column;
                })
                .collect(Collectors.joining(", "));
    }

    private static boolean passesOn(Computed item) {
        return item.expression()
                .equals(new Expression.FieldRef(
                        item.column().variable(), item.column().field()));
    }

    private static String aggregate(PhysicalPlan.Aggregate aggregate) {
        String calls = aggregates(aggregate.aggregates());
        return aggregate.identity().isEmpty() ? calls : calls + " BY " + columns(aggregate.identity());
    }

    private static String grouping(PhysicalPlan.ScopeScan scan) {
        return scan.grouping()
                .map(grouping -> " GROUPED " + aggregates(grouping.aggregates()) + " BY row of "
                        + ScopePatternText.name(scan.pattern(), grouping.side())
                        + grouping.values().stream().map(value -> ", " + value).collect(Collectors.joining()))
                .orElse("");
    }

    private static String aggregates(List<AggregateColumn> columns) {
        return columns.stream().map(PlanDescriber::aggregate).collect(Collectors.joining(", "));
    }

    private static String aggregate(AggregateColumn column) {
        return ExpressionPrinter.print(column.call()) + " AS " + column.column();
    }

    private static String sortKeys(List<SortColumn> keys) {
        return keys.stream()
                .map(key -> key.column() + (key.descending() ? " DESC" : ""))
                .collect(Collectors.joining(", "));
    }

    private Map<String, Object> arguments(PhysicalPlan plan) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        lastScan(plan).ifPresent(known -> scanArguments(known, arguments));
        if (joinsOf(plan).isPresent()) {
            arguments.put("joinedByKeys", "as the table is not in the order of its scopes");
        }
        if (plan instanceof FetchColumns fetch) {
            arguments.put("table", fetch.template().subject().table().shortName());
            arguments.put("columns", String.join(", ", fetch.template().baseColumns()));
        }
        if (plan instanceof PhysicalPlan.MetadataAggregate aggregate) {
            metadataArguments(aggregate, arguments);
        }
        if (plan instanceof PhysicalPlan.ProduceResults && query.query().mode() == Mode.EXPLAIN_VERBOSE) {
            StringBuilder rules = new StringBuilder();
            rules.append("Plan:\n").append(PlanPrinter.print(query.query().plan()));
            query.steps()
                    .forEach(step -> rules.append(step.rule()).append(":\n").append(PlanPrinter.print(step.plan())));
            arguments.put("rules", rules.toString());
        }
        return arguments;
    }

    /** As with estimates, what files of others tell is not for a tenant to know. */
    private void metadataArguments(PhysicalPlan.MetadataAggregate aggregate, Map<String, Object> arguments) {
        List<PlannedScan> asked = aggregate.asked().stream()
                .flatMap(scan -> reads.of(scan.scan()).stream())
                .toList();
        if (asked.stream().noneMatch(scan -> scan.plan().request().pin() instanceof Pin.Tenant)) {
            arguments.put(
                    "filesFromMetadata",
                    asked.stream().mapToLong(scan -> scan.answers().size()).sum());
        }
    }

    private static void scanArguments(PlannedScan scan, Map<String, Object> arguments) {
        ScanEstimate estimate = scan.plan().estimate();
        arguments.put("table", scan.template().subject().table().shortName());
        arguments.put("columns", String.join(", ", scan.template().baseColumns()));
        ScanPredicate predicate = scan.plan().request().predicate();
        if (!predicate.equals(ScanPredicate.TRUE)) {
            arguments.put("skipsBy", ScanPredicateText.of(predicate));
        }
        if (scan.plan().readsManifests()) {
            arguments.put(
                    "planning",
                    "by its manifests, as the table has more files than scan.max-files or"
                            + " scan.plan-cache let be held");
        }
        // Files hold rows of several tenants: what they hold together is not for one of them to know.
        if (!(scan.plan().request().pin() instanceof Pin.Tenant)) {
            arguments.put("EstimatedRows", (double) estimate.rows());
            arguments.put("estimatedFiles", estimate.files());
            arguments.put("estimatedBytes", estimate.bytes());
        }
    }
}
