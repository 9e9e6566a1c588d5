package io.spangraph.engine.expr;

/** One of the columns in which a variable lies in a row. */
public sealed interface EntityField {

    /** The only column of a {@link Variable.Kind#VALUE} variable. */
    record Whole() implements EntityField {
        @Override
        public String toString() {
            return "";
        }
    }

    /** A mapped property. */
    record PropertyField(String name) implements EntityField {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Name of the vertex type, or identifier of the edge type. Null exactly when the entity is null. */
    record TypeName() implements EntityField {
        @Override
        public String toString() {
            return "#type";
        }
    }

    /** The owner; null for public types. */
    record Tenant() implements EntityField {
        @Override
        public String toString() {
            return "#tenant";
        }
    }

    /** A part of the identity's key. For an edge without declared id the only part is {@link Row}. */
    record Key(int index) implements EntityField {
        @Override
        public String toString() {
            return "#key" + index;
        }
    }

    /** Reference of the row: which file of the table's snapshot, which position. Two bindings are one row if equal. */
    record Row() implements EntityField {
        @Override
        public String toString() {
            return "#row";
        }
    }

    /** A part of the scope key of an edge. */
    record ScopeKey(int index) implements EntityField {
        @Override
        public String toString() {
            return "#scope" + index;
        }
    }

    /** A part of the key by which an edge names the vertex at one of its ends. */
    record EndKey(End end, int index) implements EntityField {
        @Override
        public String toString() {
            return "#" + end.name().toLowerCase(java.util.Locale.ROOT) + index;
        }
    }

    /** True when the edge is walked against its direction: the near end is where it ends. */
    record Reversed() implements EntityField {
        @Override
        public String toString() {
            return "#reversed";
        }
    }

    /** The ends of an edge as a traversal sees them. */
    enum End {
        /** Where the traversal comes from. */
        NEAR,
        /** Where it goes. */
        FAR
    }
}
