package io.spangraph.engine.exec.scope;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.RowSelection;
import io.spangraph.engine.row.RowBatch;
import java.util.Arrays;
import java.util.List;

/** A step at work on a block: it pulls tuples from the step before. For one thread. */
abstract class Stage {
    private Tuples tuples = new Tuples(new int[0][], 0);

    /** Moves to the next tuples, of which there is at least one; false at the end. */
    abstract boolean advance();

    final Tuples tuples() {
        return tuples;
    }

    final boolean give(Tuples next) {
        tuples = next;
        return next.count() > 0;
    }

    /** The stages of all steps, over a block. */
    static Stage of(Stage first, List<ScopeStep> steps, BlockRows block, QueryContext context) {
        Stage stage = first;
        for (ScopeStep step : steps) {
            stage = switch (step) {
                case ScopeStep.Hop hop -> new HopStage(stage, hop, block, context);
                case ScopeStep.Keep keep -> new KeepStage(stage, keep, block);
                case ScopeStep.Exists exists -> new ExistsStage(stage, exists, block, context);
            };
        }
        return stage;
    }

    /** The rows of the first side. */
    static final class Start extends Stage {
        private final int[] rows;
        private final int sides;
        private final QueryContext context;
        private int next;

        /** @param sides one more than the pattern has, for those that look for something by tuple */
        Start(int[] rows, int sides, QueryContext context) {
            this.rows = rows;
            this.sides = sides;
            this.context = context;
        }

        @Override
        boolean advance() {
            context.cancellation().poll();
            int from = next;
            next = Math.min(rows.length, from + Tuples.MAX);
            int[] chosen = from == 0 && next == rows.length ? rows : Arrays.copyOfRange(rows, from, next);
            return give(new Tuples(Tuples.none(sides).rows(), next - from).with(0, chosen));
        }
    }

    /** These tuples and no others. */
    static final class Given extends Stage {
        private final Tuples all;
        private boolean given;

        Given(Tuples all) {
            this.all = all;
        }

        @Override
        boolean advance() {
            boolean first = !given;
            given = true;
            return first && give(all);
        }
    }

    private static final class KeepStage extends Stage {
        private final Stage input;
        private final ScopeStep.Keep keep;
        private final BlockRows block;

        KeepStage(Stage input, ScopeStep.Keep keep, BlockRows block) {
            this.input = input;
            this.keep = keep;
            this.block = block;
        }

        @Override
        boolean advance() {
            while (input.advance()) {
                RowBatch rows = block.gather(input.tuples(), keep.reads());
                RowBatch kept = RowSelection.whereTrue(rows, keep.condition().evaluate(rows));
                if (kept.rowCount() > 0) {
                    return give(
                            kept.isWhole()
                                    ? input.tuples()
                                    : input.tuples().select(kept.selectedRows(), kept.rowCount()));
                }
            }
            return false;
        }
    }

    private static final class HopStage extends Stage {
        private final Stage input;
        private final ScopeStep.Hop hop;
        private final BlockRows block;
        private final QueryContext context;
        private final int[] sources = new int[Tuples.MAX];
        private final int[] targets = new int[Tuples.MAX];
        private int tuple;
        /** How many ends of the current tuple's edges were looked at. */
        private int edge;

        private Tuples from;

        HopStage(Stage input, ScopeStep.Hop hop, BlockRows block, QueryContext context) {
            this.input = input;
            this.hop = hop;
            this.block = block;
            this.context = context;
            this.from = input.tuples();
        }

        @Override
        boolean advance() {
            while (true) {
                if (tuple == from.count()) {
                    context.cancellation().poll();
                    if (!input.advance()) {
                        return false;
                    }
                    from = input.tuples();
                    tuple = 0;
                    edge = 0;
                }
                int found = fill();
                if (found > 0) {
                    return give(from.select(sources, found).with(hop.to(), Arrays.copyOf(targets, found)));
                }
            }
        }

        /** Finds ends for the tuples that are left, as many as there is room for. */
        private int fill() {
            int[] rows = from.rows()[hop.from()];
            boolean[] members = block.members(hop.to());
            return switch (hop.way()) {
                case SAME_ROW -> sameRows(rows, members);
                case TO_PARENT -> {
                    Links links = block.links(hop.links());
                    yield links.isSingle()
                            ? parents(rows, links.firstParents(), members)
                            : anyParents(rows, links, members);
                }
                case TO_CHILDREN -> children(rows, block.links(hop.links()).children(), members);
            };
        }

        private int sameRows(int[] rows, boolean[] members) {
            int found = 0;
            for (; tuple < from.count() && found < Tuples.MAX; tuple++) {
                int row = rows[tuple];
                sources[found] = tuple;
                targets[found] = row;
                found += members[row] ? 1 : 0;
            }
            return found;
        }

        private int parents(int[] rows, int[] parents, boolean[] members) {
            int found = 0;
            for (; tuple < from.count() && found < Tuples.MAX; tuple++) {
                int parent = parents[rows[tuple]];
                if (parent >= 0 && members[parent]) {
                    sources[found] = tuple;
                    targets[found++] = parent;
                }
            }
            return found;
        }

        private int anyParents(int[] rows, Links links, boolean[] members) {
            int found = 0;
            for (; tuple < from.count(); tuple++, edge = 0) {
                for (; edge < links.parentCount(rows[tuple]); edge++) {
                    if (found == Tuples.MAX) {
                        return found;
                    }
                    int parent = links.parent(rows[tuple], edge);
                    sources[found] = tuple;
                    targets[found] = parent;
                    found += members[parent] ? 1 : 0;
                }
            }
            return found;
        }

        private int children(int[] rows, Links.Children children, boolean[] members) {
            int found = 0;
            for (; tuple < from.count(); tuple++, edge = 0) {
                for (; edge < children.count(rows[tuple]); edge++) {
                    if (found == Tuples.MAX) {
                        return found;
                    }
                    int child = children.child(rows[tuple], edge);
                    sources[found] = tuple;
                    targets[found] = child;
                    found += members[child] ? 1 : 0;
                }
            }
            return found;
        }
    }

    /** Follows its steps for many tuples at once; a number beside the sides tells in the end which tuple it was. */
    private static final class ExistsStage extends Stage {
        private final Stage input;
        private final ScopeStep.Exists exists;
        private final BlockRows block;
        private final QueryContext context;

        ExistsStage(Stage input, ScopeStep.Exists exists, BlockRows block, QueryContext context) {
            this.input = input;
            this.exists = exists;
            this.block = block;
            this.context = context;
        }

        @Override
        boolean advance() {
            while (input.advance()) {
                Tuples all = input.tuples();
                boolean[] found = found(all);
                int[] kept = new int[all.count()];
                int count = 0;
                for (int i = 0; i < kept.length; i++) {
                    kept[count] = i;
                    count += found[i] != exists.negated() ? 1 : 0;
                }
                if (count > 0) {
                    return give(count == kept.length ? all : all.select(kept, count));
                }
            }
            return false;
        }

        private boolean[] found(Tuples all) {
            int[][] rows = Arrays.copyOf(all.rows(), all.rows().length + 1);
            int number = all.rows().length;
            rows[number] = new int[all.count()];
            Arrays.setAll(rows[number], i -> i);
            Stage steps = Stage.of(new Given(new Tuples(rows, all.count())), exists.steps(), block, context);
            boolean[] found = new boolean[all.count()];
            while (steps.advance()) {
                Tuples matches = steps.tuples();
                for (int i = 0; i < matches.count(); i++) {
                    found[matches.rows()[number][i]] = true;
                }
            }
            return found;
        }
    }
}
