package io.spangraph.engine.physical;

import io.spangraph.engine.exec.join.JoinKind;
import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.physical.PhysicalPlan.ArgumentRows;
import io.spangraph.engine.physical.PhysicalPlan.HashJoin;
import io.spangraph.engine.physical.PhysicalPlan.KeyPair;
import io.spangraph.engine.physical.PhysicalPlan.TableScan;
import io.spangraph.engine.physical.PhysicalPlan.VarExpand;
import io.spangraph.engine.physical.ScanTemplate.ScanColumn;
import io.spangraph.engine.physical.ScanTemplate.ScanValue;
import io.spangraph.engine.physical.ScanTemplate.Subject;
import io.spangraph.engine.physical.ScopePattern.LinkKeys;
import io.spangraph.engine.physical.ScopePattern.Step;
import io.spangraph.engine.physical.ScopePattern.Step.Hop;
import io.spangraph.engine.physical.ScopePattern.Way;
import io.spangraph.engine.plan.LogicalPlan.ApplyKind;
import io.spangraph.engine.plan.PinMode;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.model.schema.MappingExpression;
import io.spangraph.model.schema.MappingExpression.ColumnPath;
import io.spangraph.model.schema.MappingExpression.Positioned;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Finds joins of a table with itself whose keys are those of edges inside a scope. Anything else between them keeps the
 * joins.
 */
final class ScopePatterns {
    private final List<ScanTemplate> sides = new ArrayList<>();
    private final List<LinkKeys> links = new ArrayList<>();
    private final boolean withWalks;
    private Set<String> scope = Set.of();
    private boolean walks;

    private ScopePatterns(boolean withWalks) {
        this.withWalks = withWalks;
    }

    /** The pattern of joins whose rows these operators give. */
    static Optional<ScopePattern> ofJoins(PhysicalPlan plan) {
        return of(plan, new ScopePatterns(false));
    }

    /** The pattern of walks of any length, and of joins beside them, whose rows these operators give. */
    static Optional<ScopePattern> ofWalks(PhysicalPlan plan) {
        return of(plan, new ScopePatterns(true));
    }

    /** The plan with a scan of scopes wherever there is a pattern, of the columns that somebody above reads. */
    static PhysicalPlan replacing(PhysicalPlan plan, Function<PhysicalPlan, Optional<ScopePattern>> patterns) {
        return new WantedColumns((joins, wanted) ->
                        patterns.apply(joins).map(pattern -> scan(pattern, joins, Set.copyOf(wanted))))
                .rewritten(plan);
    }

    private static PhysicalPlan scan(ScopePattern pattern, PhysicalPlan joins, Set<ColumnId> wanted) {
        List<ColumnId> columns =
                joins.columns().stream().filter(wanted::contains).toList();
        return new PhysicalPlan.ScopeScan(pattern, columns, Optional.empty(), WantedColumns.only(joins, columns));
    }

    private static Optional<ScopePattern> of(PhysicalPlan plan, ScopePatterns found) {
        return found.steps(plan)
                .filter(steps -> found.withWalks == found.walks && !found.links.isEmpty() && found.isWorthIt())
                .map(found::pattern);
    }

    private Optional<List<Step>> steps(PhysicalPlan plan) {
        return switch (plan) {
            case TableScan(ScanTemplate template) -> add(template) == 0 ? Optional.of(List.of()) : Optional.empty();
            case PhysicalPlan.Filter(PhysicalPlan input, Expression condition) ->
                steps(input).map(before -> with(before, keep(condition)));
            case HashJoin join -> ofJoin(join);
            case VarExpand walk
            when withWalks -> steps(walk.input()).flatMap(before -> walk(walk).map(step -> with(before, step)));
            case PhysicalPlan.SemiApply apply ->
                steps(apply.outer())
                        .flatMap(before -> innerSteps(apply.inner(), apply.id())
                                .map(inner -> with(before, new Step.Exists(apply.anti(), inner))));
            case PhysicalPlan.Apply apply
            when apply.kind() == ApplyKind.OPTIONAL ->
                steps(apply.outer())
                        .flatMap(before -> innerSteps(apply.inner(), apply.id())
                                .filter(inner -> !inner.isEmpty())
                                .map(inner -> with(before, new Step.Optionally(inner))));
            case PhysicalPlan other -> Optional.empty();
        };
    }

    private Optional<List<Step>> ofJoin(HashJoin join) {
        return switch (join.kind()) {
            case INNER -> inner(join, this::steps);
            case SEMI, ANTI ->
                beside(
                        join,
                        join.build(),
                        join.probe(),
                        false,
                        steps -> new Step.Exists(join.kind() == JoinKind.ANTI, steps));
            case LEFT_OUTER -> beside(join, join.build(), join.probe(), false, Step.Optionally::new);
            case RIGHT_OUTER -> beside(join, join.probe(), join.build(), true, Step.Optionally::new);
            case RIGHT_SEMI, RIGHT_ANTI -> Optional.empty();
        };
    }

    /** @param reversed whether the scan is the build side of the join */
    private Optional<List<Step>> beside(
            HashJoin join, PhysicalPlan rows, PhysicalPlan scan, boolean reversed, Function<List<Step>, Step> step) {
        return steps(rows)
                .flatMap(before ->
                        joined(List.of(), join, scan, reversed).map(found -> with(before, step.apply(found))));
    }

    private interface Mapping {
        Optional<List<Step>> of(PhysicalPlan plan);
    }

    private Optional<List<Step>> inner(HashJoin join, Mapping mapping) {
        if (join.probe() instanceof TableScan) {
            return mapping.of(join.build()).flatMap(before -> joined(before, join, join.probe(), false));
        }
        return join.build() instanceof TableScan
                ? mapping.of(join.probe()).flatMap(before -> joined(before, join, join.build(), true))
                : Optional.empty();
    }

    private Optional<List<Step>> innerSteps(PhysicalPlan plan, int apply) {
        return switch (plan) {
            case ArgumentRows argument when argument.apply() == apply -> Optional.of(List.of());
            case PhysicalPlan.Filter(PhysicalPlan input, Expression condition) ->
                innerSteps(input, apply).map(before -> with(before, keep(condition)));
            case HashJoin join when join.kind() == JoinKind.INNER -> inner(join, input -> innerSteps(input, apply));
            case VarExpand walk
            when withWalks ->
                innerSteps(walk.input(), apply).flatMap(before -> walk(walk).map(step -> with(before, step)));
            case PhysicalPlan other -> Optional.empty();
        };
    }

    /** @param reversed whether the scan is the build side of the join */
    private Optional<List<Step>> joined(List<Step> before, HashJoin join, PhysicalPlan scan, boolean reversed) {
        if (!(scan instanceof TableScan(ScanTemplate template)) || sides.isEmpty()) {
            return Optional.empty();
        }
        int known = sides.size();
        int to = add(template);
        if (to != known) {
            return Optional.empty();
        }
        return hop(join.keys(), to, reversed)
                .map(hop -> with(before, hop))
                .map(steps -> join.residual()
                        .map(condition -> with(steps, keep(condition)))
                        .orElse(steps));
    }

    private static List<Step> with(List<Step> before, Step next) {
        return Stream.concat(before.stream(), Stream.of(next)).toList();
    }

    private Step keep(Expression condition) {
        return new Step.Keep(condition, List.copyOf(ColumnUse.of(condition, columns())));
    }

    private List<ColumnId> columns() {
        return sides.stream()
                .flatMap(side -> side.columns().stream())
                .map(ScanColumn::id)
                .toList();
    }

    /** The number of a new side, or -1 if its rows are not those of the first. */
    private int add(ScanTemplate template) {
        boolean fits = sides.isEmpty()
                || sides.getFirst().subject().table().equals(template.subject().table())
                        && sides.getFirst().pin().equals(template.pin());
        List<ColumnId> known = columns();
        boolean isNew = template.columns().stream().map(ScanColumn::id).noneMatch(known::contains);
        if (!fits || !isNew) {
            return -1;
        }
        sides.add(template);
        return sides.size() - 1;
    }

    private Optional<Step> hop(List<KeyPair> pairs, int to, boolean reversed) {
        int from = -1;
        int rows = 0;
        boolean scoped = false;
        Set<String> same = new LinkedHashSet<>();
        List<String> near = new ArrayList<>();
        List<String> far = new ArrayList<>();
        for (KeyPair pair : pairs) {
            ColumnId ofFrom = reversed ? pair.probe() : pair.build();
            ColumnId ofTo = reversed ? pair.build() : pair.probe();
            int side = sideOf(ofFrom, to);
            if (side < 0 || from >= 0 && from != side) {
                return Optional.empty();
            }
            from = side;
            if (isRow(sides.get(side), ofFrom) && isRow(sides.get(to), ofTo)) {
                rows++;
                continue;
            }
            Optional<String> nearColumn = sides.get(side).plainColumn(ofFrom);
            Optional<String> farColumn = sides.get(to).plainColumn(ofTo);
            if (nearColumn.isEmpty() || farColumn.isEmpty()) {
                return Optional.empty();
            }
            if (nearColumn.equals(farColumn)) {
                same.add(nearColumn.get());
                scoped |=
                        ofFrom.field() instanceof EntityField.ScopeKey || ofTo.field() instanceof EntityField.ScopeKey;
            } else {
                near.add(nearColumn.get());
                far.add(farColumn.get());
            }
        }
        if (rows > 0) {
            return pairs.size() == rows ? Optional.of(new Step.Hop(from, to, Way.SAME_ROW, -1)) : Optional.empty();
        }
        if (!scoped || near.isEmpty() || !scope.isEmpty() && !scope.equals(same)) {
            return Optional.empty();
        }
        scope = same;
        return Optional.of(link(from, to, near, far));
    }

    /** The end whose key is the vertex's own is the parent: its key is the one that does not repeat. */
    private Step link(int from, int to, List<String> near, List<String> far) {
        boolean toChildren = isId(sides.get(from), near) && !isId(sides.get(to), far);
        LinkKeys keys = toChildren ? new LinkKeys(near, far) : new LinkKeys(far, near);
        if (!links.contains(keys)) {
            links.add(keys);
        }
        return new Step.Hop(from, to, toChildren ? Way.TO_CHILDREN : Way.TO_PARENT, links.indexOf(keys));
    }

    /** A walk of edges that stand on the rows of children, from vertices to others of the same type. */
    private Optional<Step> walk(VarExpand walk) {
        WalkShape shape = walk.shape();
        boolean listed = shape.walk().isPresent() || shape.between().isPresent();
        boolean trusts =
                walk.trustedSteps().isPresent() || walk.trustedTargets().isPresent();
        if (sides.isEmpty() || listed || trusts || shape.kinds().size() != 1) {
            return Optional.empty();
        }
        int known = sides.size();
        if (!(walk.steps() instanceof TableScan(ScanTemplate steps))
                || !(walk.edges() instanceof TableScan(ScanTemplate edges))
                || !(walk.target() instanceof TableScan(ScanTemplate target))
                || add(steps) != known
                || add(edges) != known + 1
                || add(target) != known + 2) {
            return Optional.empty();
        }
        Optional<Hop> near = hop(ScopeWalks.nearKeys(shape), known + 1);
        Optional<Hop> far = hop(ScopeWalks.farKeys(shape), known + 2);
        walks = true;
        return near.flatMap(
                first -> far.flatMap(second -> new ScopeWalks(sides, scope, links).walk(shape, first, second)));
    }

    private Optional<Hop> hop(List<KeyPair> keys, int to) {
        return hop(keys, to, false).map(Hop.class::cast);
    }

    private static boolean isId(ScanTemplate side, List<String> columns) {
        return side.subject() instanceof Subject.Vertices(var type, var edges)
                && columns.equals(type.id().stream()
                        .map(Positioned::expression)
                        .map(ScopePatterns::column)
                        .toList());
    }

    private static String column(MappingExpression expression) {
        return expression instanceof ColumnPath path && path.fields().isEmpty() ? path.column() : "";
    }

    private static boolean isRow(ScanTemplate side, ColumnId column) {
        return side.source(column)
                .filter(ScanValue.RowReference.class::isInstance)
                .isPresent();
    }

    private int sideOf(ColumnId column, int before) {
        for (int side = 0; side < before; side++) {
            if (sides.get(side).source(column).isPresent()) {
                return side;
            }
        }
        return -1;
    }

    /** Where a key is given, a join finds the few rows that matter without reading the others. */
    private boolean isWorthIt() {
        Set<String> keys = new LinkedHashSet<>(scope);
        links.forEach(link -> {
            keys.addAll(link.key());
            keys.addAll(link.foreign());
        });
        return sides.stream().noneMatch(side -> finds(side.pushdown(), keys));
    }

    private static boolean finds(Pushdown condition, Set<String> keys) {
        return switch (condition) {
            case Pushdown.All all -> all.operands().stream().anyMatch(operand -> finds(operand, keys));
            case Pushdown.Any any ->
                !any.operands().isEmpty() && any.operands().stream().allMatch(operand -> finds(operand, keys));
            case Pushdown.Compare compare ->
                compare.operator() == CompareOperator.EQUAL
                        && keys.contains(compare.column().name());
            case Pushdown.In in -> keys.contains(in.column().name());
            case Pushdown.StartsWith starts -> keys.contains(starts.column().name());
            case Pushdown.IsNull isNull -> false;
            case Pushdown.IsNotNull isNotNull -> false;
        };
    }

    private ScopePattern pattern(List<Step> steps) {
        Set<String> present = new LinkedHashSet<>(sides.getFirst().present());
        sides.forEach(side -> present.retainAll(Set.copyOf(side.present())));
        Set<String> columns = new LinkedHashSet<>(scope);
        TableScan scopes = scan(columns, present);
        links.forEach(link -> {
            columns.addAll(link.key());
            columns.addAll(link.foreign());
        });
        for (ScanTemplate side : sides) {
            columns.addAll(side.baseColumns());
            columns.addAll(side.present());
        }
        columns.removeAll(present.stream().filter(name -> !isRead(name)).toList());
        return new ScopePattern(scopes, scan(columns, present), List.copyOf(scope), links, sides, steps);
    }

    private boolean isRead(String column) {
        return scope.contains(column)
                || links.stream()
                        .anyMatch(link ->
                                link.key().contains(column) || link.foreign().contains(column))
                || sides.stream().anyMatch(side -> side.baseColumns().contains(column));
    }

    private TableScan scan(Collection<String> names, Collection<String> present) {
        ScanTemplate first = sides.getFirst();
        Set<String> all = new LinkedHashSet<>();
        if (first.pin() instanceof PinMode.ByTenant(MappingExpression owner)) {
            all.addAll(MappingExpression.columnsOf(owner));
        }
        all.addAll(names);
        List<ScanColumn> columns = new ArrayList<>();
        for (String name : all) {
            columns.add(
                    new ScanColumn(base(name, columns.size()), new ScanValue.Mapped(new ColumnPath(name, List.of()))));
        }
        columns.add(new ScanColumn(base("row", columns.size()), new ScanValue.RowReference()));
        return new TableScan(new ScanTemplate(
                first.subject(),
                first.pin(),
                columns,
                List.of(),
                List.of(),
                List.copyOf(present),
                List.of(),
                common()));
    }

    private static ColumnId base(String name, int number) {
        return ColumnId.of(new Variable(name, number, Variable.Kind.VALUE));
    }

    /** What all sides may skip by. */
    private Pushdown common() {
        List<Pushdown> common = new ArrayList<>(conjuncts(sides.getFirst().pushdown()));
        sides.forEach(side -> common.retainAll(conjuncts(side.pushdown())));
        return Pushdown.all(common);
    }

    private static List<Pushdown> conjuncts(Pushdown condition) {
        return condition instanceof Pushdown.All(List<Pushdown> operands) ? operands : List.of(condition);
    }
}
