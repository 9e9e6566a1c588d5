package io.spangraph.engine.exec.walk;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.store.KeyIndex;
import io.spangraph.engine.exec.store.RowStore;
import io.spangraph.engine.exec.walk.WalkSpec.EdgeKind;
import io.spangraph.engine.exec.walk.WalkSpec.EndMatch;
import io.spangraph.engine.exec.walk.WalkSpec.KeyPart;
import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The edges of a walk as arrays. Edges have numbers in the order in which they came; for each kind of edges the keys at
 * either end have numbers too, which vertices look up.
 */
final class WalkEdges {
    private final WalkSpec spec;
    private final RowLayout layout;
    private final List<Kind> kinds = new ArrayList<>();
    private final List<Integer> identityColumns = new ArrayList<>();
    private final KeyIndex identities;
    private final IntList identityOf;
    private final IntList farKeyOf;
    private final Optional<RowStore> rows;
    private final KeyIndex byRow;
    private int size;

    /** The edges of one kind while they are read, and then grouped by their near key. */
    private static final class Kind {
        private final KeyIndex nearKeys;
        private final KeyIndex farKeys;
        private final IntList nearKeyOf;
        private final IntList members;
        private Optional<Groups> byNearKey = Optional.empty();

        Kind(EdgeKind kind, HeldMemory memory) {
            nearKeys = new KeyIndex(kind.near().key().size(), memory);
            farKeys = new KeyIndex(kind.far().key().size(), memory);
            nearKeyOf = new IntList(memory);
            members = new IntList(memory);
        }
    }

    private WalkEdges(WalkSpec spec, RowLayout layout, HeldMemory memory) {
        this.spec = spec;
        this.layout = layout;
        spec.kinds().forEach(kind -> kinds.add(new Kind(kind, memory)));
        identityColumns.add(column(new EntityField.TypeName()));
        position(new EntityField.Tenant()).ifPresent(identityColumns::add);
        for (int part = 0; position(new EntityField.Key(part)).isPresent(); part++) {
            identityColumns.add(column(new EntityField.Key(part)));
        }
        identities = new KeyIndex(identityColumns.size(), memory);
        identityOf = new IntList(memory);
        farKeyOf = new IntList(memory);
        rows = spec.walk().map(list -> new RowStore(layout.width(), memory));
        byRow = new KeyIndex(3, memory);
    }

    /**
     * Reads all edges.
     *
     * @param findByRow whether single edges will be looked up by their rows
     */
    static WalkEdges read(Operator input, WalkSpec spec, boolean findByRow, QueryContext context, HeldMemory memory) {
        WalkEdges edges = new WalkEdges(spec, input.layout(), memory);
        while (input.advance()) {
            context.cancellation().poll();
            edges.add(input.batch(), findByRow);
        }
        input.close();
        for (Kind kind : edges.kinds) {
            kind.byNearKey = Optional.of(Groups.of(kind.nearKeys.size(), kind.nearKeyOf, kind.members, memory));
        }
        return edges;
    }

    private void add(RowBatch batch, boolean findByRow) {
        int[] positions = batch.selectedRows();
        for (int identity : identities.add(columns(batch, identityColumns), positions)) {
            identityOf.add(identity);
        }
        rows.ifPresent(store -> store.append(batch));
        if (findByRow) {
            byRow.add(rowKey(batch, layout), positions);
        }
        int[] farKeys = new int[positions.length];
        Arrays.fill(farKeys, KeyIndex.ABSENT);
        for (int k = 0; k < kinds.size(); k++) {
            addToKind(kinds.get(k), spec.kinds().get(k), batch, farKeys);
        }
        for (int farKey : farKeys) {
            farKeyOf.add(farKey);
        }
        size += positions.length;
    }

    private void addToKind(Kind kind, EdgeKind declared, RowBatch batch, int[] farKeys) {
        int[] positions = batch.selectedRows();
        List<Vector> near = columns(batch, keyColumns(declared.near()));
        List<Vector> far = columns(batch, keyColumns(declared.far()));
        // Indexes into the positions: edges of the kind that have a near key, and those of them that have a far key.
        int[] walkable = IntStream.range(0, positions.length)
                .filter(i -> isOfKind(declared, batch, positions[i]) && isKnown(near, positions[i]))
                .toArray();
        int[] leading =
                IntStream.of(walkable).filter(i -> isKnown(far, positions[i])).toArray();
        int[] nearKeys = kind.nearKeys.add(
                near, IntStream.of(walkable).map(i -> positions[i]).toArray());
        for (int i = 0; i < walkable.length; i++) {
            kind.nearKeyOf.add(nearKeys[i]);
            kind.members.add(size + walkable[i]);
        }
        int[] keys = kind.farKeys.add(
                far, IntStream.of(leading).map(i -> positions[i]).toArray());
        for (int i = 0; i < leading.length; i++) {
            farKeys[leading[i]] = keys[i];
        }
    }

    private boolean isOfKind(EdgeKind kind, RowBatch batch, int row) {
        boolean typed = VertexLinks.hasText(batch.column(column(new EntityField.TypeName())), row, kind.edgeType());
        OptionalInt reversed = position(new EntityField.Reversed());
        return typed
                && (reversed.isEmpty()
                        || batch.column(reversed.getAsInt()).value(row).isTrue() == kind.reversed());
    }

    private static boolean isKnown(List<Vector> key, int row) {
        for (Vector part : key) {
            if (part.isNull(row)) {
                return false;
            }
        }
        return true;
    }

    private List<Integer> keyColumns(EndMatch end) {
        return end.key().stream().map(KeyPart::edge).map(this::column).toList();
    }

    private List<Vector> rowKey(RowBatch batch, RowLayout batchLayout) {
        Vector direction = batchLayout.positionOf(id(new EntityField.Reversed())).stream()
                .mapToObj(batch::column)
                .findFirst()
                .orElseGet(() -> new Vector.ConstantVector(Value.FALSE, batch.physicalRows()));
        return List.of(
                batch.column(batchLayout.requirePosition(id(new EntityField.TypeName()))),
                direction,
                batch.column(batchLayout.requirePosition(id(new EntityField.Row()))));
    }

    private ColumnId id(EntityField field) {
        return new ColumnId(spec.relationship(), field);
    }

    private OptionalInt position(EntityField field) {
        return layout.positionOf(id(field));
    }

    private int column(EntityField field) {
        return layout.requirePosition(id(field));
    }

    private static List<Vector> columns(RowBatch batch, List<Integer> positions) {
        return positions.stream().map(batch::column).toList();
    }

    int size() {
        return size;
    }

    int kindCount() {
        return kinds.size();
    }

    /** How many different edges there are; edges walked in both directions are one. */
    int identityCount() {
        return identities.size();
    }

    int identity(int edge) {
        return identityOf.get(edge);
    }

    /** The number of the edge's far key within its kind, or {@link KeyIndex#ABSENT}. */
    int farKey(int edge) {
        return farKeyOf.get(edge);
    }

    /** The edges of a kind, by the number of their near key. */
    Groups byNearKey(int kind) {
        return kinds.get(kind).byNearKey.orElseThrow();
    }

    KeyIndex nearKeys(int kind) {
        return kinds.get(kind).nearKeys;
    }

    KeyIndex farKeys(int kind) {
        return kinds.get(kind).farKeys;
    }

    /** The edges whose type, direction and row stand in the rows of another operator. */
    int[] findByRow(RowBatch batch, RowLayout batchLayout) {
        return byRow.find(rowKey(batch, batchLayout), batch.selectedRows());
    }

    /** All columns of the edges; there if the list of relationships is asked for. */
    Optional<RowStore> rows() {
        return rows;
    }
}
