package io.spangraph.engine.physical;

import io.spangraph.engine.exec.walk.WalkSpec.EdgeKind;
import io.spangraph.engine.exec.walk.WalkSpec.KeyPart;
import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.physical.PhysicalPlan.KeyPair;
import io.spangraph.engine.physical.ScanTemplate.ScanColumn;
import io.spangraph.engine.physical.ScanTemplate.ScanValue;
import io.spangraph.engine.physical.ScanTemplate.Subject;
import io.spangraph.engine.physical.ScopePattern.LinkKeys;
import io.spangraph.engine.physical.ScopePattern.Step;
import io.spangraph.engine.physical.ScopePattern.Step.Hop;
import io.spangraph.engine.physical.ScopePattern.Way;
import io.spangraph.engine.row.ColumnId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Tells which walks stay inside scopes: those over edges that stand on the rows of vertices of one type. */
record ScopeWalks(List<ScanTemplate> sides, Set<String> scope, List<LinkKeys> links) {

    /** What leads from the start of a walk to an edge. */
    static List<KeyPair> nearKeys(WalkShape shape) {
        List<KeyPair> keys = new ArrayList<>();
        for (KeyPart part : shape.kinds().getFirst().near().key()) {
            keys.add(new KeyPair(
                    new ColumnId(shape.from(), part.vertex()), new ColumnId(shape.relationship(), part.edge())));
        }
        return keys;
    }

    /** What leads from an edge to the end of a walk. */
    static List<KeyPair> farKeys(WalkShape shape) {
        List<KeyPair> keys = new ArrayList<>();
        for (KeyPart part : shape.kinds().getFirst().far().key()) {
            keys.add(new KeyPair(
                    new ColumnId(shape.relationship(), part.edge()), new ColumnId(shape.to(), part.vertex())));
        }
        return keys;
    }

    /**
     * The walk whose first edge is found by one hop and whose end by another.
     *
     * @param near to the side of edges, which follows that of steps
     */
    Optional<Step> walk(WalkShape shape, Hop near, Hop far) {
        boolean up = near.way() == Way.SAME_ROW && far.way() == Way.TO_PARENT;
        boolean down = near.way() == Way.TO_CHILDREN && far.way() == Way.SAME_ROW;
        EdgeKind kind = shape.kinds().getFirst();
        String type = kind.near().vertexType();
        int steps = near.to() - 1;
        boolean ofOneType = kind.far().vertexType().equals(type)
                && Stream.of(near.from(), steps, far.to()).allMatch(side -> isOfType(sides.get(side), type));
        if (!up && !down || !ofOneType || far.from() != near.to()) {
            return Optional.empty();
        }
        int link = up ? far.links() : near.links();
        return sameKeyIsSameEdge(shape.relationship(), sides.get(near.to()), links.get(link))
                .map(sameKey -> new Step.Walk(
                        near.from(),
                        near.to(),
                        steps,
                        far.to(),
                        up ? Way.TO_PARENT : Way.TO_CHILDREN,
                        shape.min(),
                        shape.max(),
                        link,
                        sameKey));
    }

    private static boolean isOfType(ScanTemplate side, String type) {
        return side.subject() instanceof Subject.Vertices vertices
                && vertices.name().equals(type);
    }

    /** What tells edges apart: their rows, or the key that the links have anyway; empty if it is anything else. */
    private Optional<Boolean> sameKeyIsSameEdge(Variable edge, ScanTemplate scan, LinkKeys keys) {
        Set<String> identity = new LinkedHashSet<>();
        boolean byRow = false;
        for (ScanColumn column : scan.columns()) {
            boolean isTenant = column.id().field() instanceof EntityField.Tenant;
            boolean isPart = isTenant || column.id().field() instanceof EntityField.Key;
            if (!column.id().variable().equals(edge) || !isPart) {
                continue;
            }
            Optional<String> plain = scan.plainColumn(column.id());
            plain.filter(name -> !scope.contains(name)).ifPresent(identity::add);
            byRow |= !isTenant && column.value() instanceof ScanValue.RowReference;
            if (plain.isEmpty() && column.value() instanceof ScanValue.Mapped) {
                return Optional.empty();
            }
        }
        if (byRow) {
            return Optional.of(false);
        }
        return identity.equals(Set.copyOf(keys.key())) ? Optional.of(true) : Optional.empty();
    }
}
