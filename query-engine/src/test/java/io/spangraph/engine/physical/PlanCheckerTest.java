package io.spangraph.engine.physical;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.optimize.rule.RuleFixture;
import io.spangraph.engine.physical.ScanTemplate.Subject;
import io.spangraph.engine.plan.PinMode;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.engine.spi.MetadataQuestion;
import io.spangraph.model.schema.EdgeType;
import io.spangraph.model.schema.MappingExpression.ColumnPath;
import io.spangraph.model.schema.VertexType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanCheckerTest {
    private static final PinMode TENANT = new PinMode.ByTenant(new ColumnPath("tenant_id", List.of()));
    private static final PinMode OTHER_OWNER = new PinMode.ByTenant(new ColumnPath("name", List.of()));
    private static final PinMode ALL = new PinMode.Unrestricted();
    private static final PinMode OPEN = new PinMode.PublicSource();

    private final PlanChecker checker = new PlanChecker(RuleFixture.SCHEMA);

    @Test
    void scansThatArePinnedAsTheirTypesDemandPass() {
        assertThatCode(() -> {
                    checker.check(below(vertices("Trace", TENANT)), true);
                    checker.check(below(vertices("Model", OPEN)), true);
                    checker.check(below(edges("CHILD_OF", TENANT)), true);
                    checker.check(below(vertices("Trace", ALL)), false);
                    checker.check(below(vertices("Model", OPEN)), false);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void anyOtherPinIsRefused() {
        refused(vertices("Trace", ALL), true, "one tenant its scan of 'Trace' is not pinned");
        refused(vertices("Trace", OPEN), true, "one tenant its scan of 'Trace' is taken for public");
        refused(vertices("Trace", OTHER_OWNER), true, "one tenant its scan of 'Trace' is pinned to another owner");
        refused(vertices("Model", ALL), true, "one tenant its scan of 'Model' is not pinned");
        refused(edges("CHILD_OF", ALL), true, "one tenant its scan of 'CHILD_OF(Span,Span)' is not pinned");
        refused(vertices("Trace", TENANT), false, "all tenants its scan of 'Trace' is pinned to another owner");
        refused(vertices("Trace", OPEN), false, "all tenants its scan of 'Trace' is taken for public");
    }

    @Test
    void scansWhoseFilesAreAskedArePinnedToo() {
        PhysicalPlan.Aggregate scanned =
                new PhysicalPlan.Aggregate(vertices("Trace", TENANT), List.of(), List.of(), List.of());
        PhysicalPlan.MetadataAggregate asked = new PhysicalPlan.MetadataAggregate(
                scanned, List.of(new AskedScan(vertices("Trace", ALL), new MetadataQuestion(List.of(), List.of()))));
        assertThatThrownBy(() -> checker.check(asked, true))
                .hasMessage("The plan was refused: for a reader of one tenant its scan of 'Trace' is not pinned.");
    }

    @Test
    void whateverAScanOfScopesReadsIsPinnedToo() {
        PhysicalPlan.TableScan good = vertices("Trace", TENANT);
        PhysicalPlan.TableScan bad = vertices("Trace", ALL);
        PhysicalPlan none = new PhysicalPlan.SingleRow();
        assertThatCode(() -> checker.check(scopes(good, good, List.of(good), good), true))
                .doesNotThrowAnyException();
        for (PhysicalPlan planted : List.of(
                scopes(bad, good, List.of(good), none),
                scopes(good, bad, List.of(good), none),
                scopes(good, good, List.of(good, bad), none),
                scopes(good, good, List.of(good), below(bad)))) {
            assertThatThrownBy(() -> checker.check(planted, true))
                    .hasMessage("The plan was refused: for a reader of one tenant its scan of 'Trace' is not pinned.");
        }
    }

    private static PhysicalPlan scopes(
            PhysicalPlan.TableScan scopes,
            PhysicalPlan.TableScan rows,
            List<PhysicalPlan.TableScan> sides,
            PhysicalPlan otherwise) {
        ScopePattern pattern = new ScopePattern(
                scopes,
                rows,
                List.of("trace_id"),
                List.of(),
                sides.stream().map(PhysicalPlan.TableScan::template).toList(),
                List.of());
        return new PhysicalPlan.ScopeScan(pattern, List.of(), Optional.empty(), otherwise);
    }

    @Test
    void fetchesArePinnedToo() {
        PhysicalPlan.TableScan good = vertices("Trace", TENANT);
        ScanTemplate unpinned = vertices("Trace", ALL).template();
        PhysicalPlan fetch = new PhysicalPlan.FetchColumns(good, unpinned, ColumnId.of(RuleFixture.value("row", 1)));
        assertThatThrownBy(() -> checker.check(fetch, true))
                .hasMessage("The plan was refused: for a reader of one tenant its scan of 'Trace' is not pinned.");
        assertThatCode(() -> checker.check(fetch.inputs().getFirst(), true)).doesNotThrowAnyException();
    }

    private void refused(PhysicalPlan.TableScan scan, boolean oneTenant, String reason) {
        assertThatThrownBy(() -> checker.check(below(scan), oneTenant))
                .isInstanceOf(QueryException.class)
                .hasMessage("The plan was refused: for a reader of " + reason + ".")
                .extracting(error -> ((QueryException) error).code())
                .isEqualTo(QueryErrorCode.INTERNAL);
    }

    /** Wherever in the plan the scan stands. */
    private static PhysicalPlan below(PhysicalPlan.TableScan scan) {
        PhysicalPlan.TableScan good = vertices("Model", OPEN);
        return new PhysicalPlan.NestedLoopJoin(
                good,
                new PhysicalPlan.Distinct(new PhysicalPlan.UnionAll(List.of(good, scan)), List.of()),
                java.util.Optional.empty());
    }

    private static PhysicalPlan.TableScan vertices(String name, PinMode pin) {
        VertexType type = RuleFixture.SCHEMA.vertexType(name).orElseThrow();
        return scan(new Subject.Vertices(type, List.of()), pin);
    }

    private static PhysicalPlan.TableScan edges(String name, PinMode pin) {
        EdgeType type = RuleFixture.SCHEMA.edgeTypesNamed(name).getFirst();
        return scan(new Subject.Edges(type), pin);
    }

    private static PhysicalPlan.TableScan scan(Subject subject, PinMode pin) {
        return new PhysicalPlan.TableScan(new ScanTemplate(
                subject, pin, List.of(), List.of(), List.of(), List.of(), List.of(), Pushdown.EVERYTHING));
    }
}
