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
 * @param graphTables every table of the graph, which procedures may read
 */
record PhysicalPreparedQuery(
        QueryPlan query, PinScope scope, PhysicalPlan plan, List<RuleStep> steps, Set<TableName> graphTables)
        implements PreparedQuery {
    PhysicalPreparedQuery {
        steps = List.copyOf(steps);
        graphTables = Set.copyOf(graphTables);
    }

    PhysicalPreparedQuery withPlan(PhysicalPlan other) {
        return new PhysicalPreparedQuery(query, scope, other, steps, graphTables);
    }

    @Override
    public Set<TableName> tables() {
        Set<TableName> tables = new HashSet<>();
        collect(plan, tables);
        return tables;
    }

    private static boolean readsRows(PhysicalPlan.ProcedureCall call) {
        return Procedures.require(call.procedure()).reads() == Reads.ROWS;
    }

    private void collect(PhysicalPlan plan, Set<TableName> tables) {
        if (plan instanceof PhysicalPlan.TableScan scan) {
            tables.add(scan.template().subject().table());
        }
        if (plan instanceof PhysicalPlan.ScopeScan scan) {
            collect(scan.otherwise(), tables);
        }
        if (plan instanceof PhysicalPlan.ProcedureCall call && readsRows(call)) {
            tables.addAll(graphTables);
        }
        plan.inputs().forEach(input -> collect(input, tables));
    }
}
