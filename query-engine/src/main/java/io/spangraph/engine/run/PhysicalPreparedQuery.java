package io.spangraph.engine.run;

import io.spangraph.engine.optimize.RuleStep;
import io.spangraph.engine.physical.PhysicalPlan;
import io.spangraph.engine.plan.QueryPlan;
import io.spangraph.engine.procedure.Procedure.Reads;
import io.spangraph.engine.procedure.Procedures;
import io.spangraph.engine.run.QueryRunner.PinScope;
import io.spangraph.engine.run.QueryRunner.PreparedQuery;
import io.spangraph.model.table.TableName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A query whose operators are chosen and checked.
 *
 * @param steps what the rules did, for EXPLAIN VERBOSE
 * @param tables that the plan reads, whichever of its choices a run takes
 * @param layouts of the plan's operators, for all runs
 */
record PhysicalPreparedQuery(
        QueryPlan query,
        PinScope scope,
        PhysicalPlan plan,
        List<RuleStep> steps,
        Set<TableName> tables,
        PlanLayouts layouts)
        implements PreparedQuery {
    PhysicalPreparedQuery {
        steps = List.copyOf(steps);
        tables = Set.copyOf(tables);
    }

    /** @param graphTables every table of the graph, which procedures may read */
    static PhysicalPreparedQuery of(
            QueryPlan query, PinScope scope, PhysicalPlan plan, List<RuleStep> steps, Set<TableName> graphTables) {
        Set<TableName> tables = new HashSet<>();
        collect(plan, graphTables, tables);
        return new PhysicalPreparedQuery(query, scope, plan, steps, tables, new PlanLayouts());
    }

    /** With the plan as one run has chosen it: what another run chooses is another plan. */
    PhysicalPreparedQuery chosen(PhysicalPlan choice) {
        return choice == plan
                ? this
                : new PhysicalPreparedQuery(query, scope, choice, steps, tables, new PlanLayouts());
    }

    private static boolean readsRows(PhysicalPlan.ProcedureCall call) {
        return Procedures.require(call.procedure()).reads() == Reads.ROWS;
    }

    private static void collect(PhysicalPlan plan, Set<TableName> graphTables, Set<TableName> tables) {
        if (plan instanceof PhysicalPlan.TableScan scan) {
            tables.add(scan.template().subject().table());
        }
        if (plan instanceof PhysicalPlan.ScopeScan scan) {
            collect(scan.otherwise(), graphTables, tables);
        }
        if (plan instanceof PhysicalPlan.ProcedureCall call && readsRows(call)) {
            tables.addAll(graphTables);
        }
        plan.inputs().forEach(input -> collect(input, graphTables, tables));
    }
}
