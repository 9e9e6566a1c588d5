package io.spangraph.engine.exec.scope;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.RowSelection;
import io.spangraph.engine.row.RowBatch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

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
                case ScopeStep.Walk walk -> new WalkStage(stage, walk, block, context);
                case ScopeStep.Keep keep -> new KeepStage(stage, keep, block);
                case ScopeStep.Exists exists -> new ExistsStage(stage, exists, block, context);
                case ScopeStep.Optionally optional -> new OptionalStage(stage, optional, block, context);
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
                found += row >= 0 && members[row] ? 1 : 0;
            }
            return found;
        }

        private int parents(int[] rows, int[] parents, boolean[] members) {
            int found = 0;
            for (; tuple < from.count() && found < Tuples.MAX; tuple++) {
                int row = rows[tuple];
                int parent = row < 0 ? Links.NONE : parents[row];
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
                int edges = rows[tuple] < 0 ? 0 : links.parentCount(rows[tuple]);
                for (; edge < edges; edge++) {
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
                int edges = rows[tuple] < 0 ? 0 : children.count(rows[tuple]);
                for (; edge < edges; edge++) {
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
            int number = all.rows().length;
            Stage steps = Stage.of(new Given(all.numbered()), exists.steps(), block, context);
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

    /** Follows its steps as {@link ExistsStage} does, and gives what they find with what they found nothing for between. */
    private static final class OptionalStage extends Stage {
        private final Stage input;
        private final ScopeStep.Optionally optional;
        private final BlockRows block;
        private final QueryContext context;
        private Tuples all;
        private Optional<Stage> steps = Optional.empty();
        /** How many of the tuples were given, each as often as something was found for it. */
        private int given;

        OptionalStage(Stage input, ScopeStep.Optionally optional, BlockRows block, QueryContext context) {
            this.input = input;
            this.optional = optional;
            this.block = block;
            this.context = context;
            this.all = input.tuples();
        }

        @Override
        boolean advance() {
            while (true) {
                if (steps.isPresent()) {
                    if (steps.get().advance()) {
                        return give(withUnmatched(steps.get().tuples()));
                    }
                    steps = Optional.empty();
                    if (given < all.count()) {
                        int[] rest = IntStream.range(given, all.count()).toArray();
                        return give(bound(rest, rest.length, all, new int[0]));
                    }
                }
                if (!input.advance()) {
                    return false;
                }
                all = input.tuples();
                given = 0;
                steps = Optional.of(Stage.of(new Given(all.numbered()), optional.steps(), block, context));
            }
        }

        /** Tuples keep their order in every step, so that those without a match are the gaps in the numbers. */
        private Tuples withUnmatched(Tuples matches) {
            int number = all.rows().length;
            int[] numbers = matches.rows()[number];
            int last = numbers[matches.count() - 1];
            int[] tuples = new int[matches.count() + Math.max(0, last - given + 1)];
            int[] found = new int[tuples.length];
            int count = 0;
            for (int match = 0; match < matches.count(); match++) {
                for (; given < numbers[match]; given++) {
                    tuples[count] = given;
                    found[count++] = Tuples.NO_ROW;
                }
                tuples[count] = numbers[match];
                found[count++] = match;
                given = numbers[match] + 1;
            }
            return bound(tuples, count, matches, found);
        }

        /**
         * Tuples with the rows that the steps have bound.
         *
         * @param found which of the matches each has, or {@link Tuples#NO_ROW}; none has any of those beyond its end
         */
        private Tuples bound(int[] tuples, int count, Tuples matches, int[] found) {
            Tuples together = all.select(tuples, count);
            for (int side : optional.binds()) {
                int[] ofSide = new int[count];
                Arrays.fill(ofSide, Tuples.NO_ROW);
                int[] rows = matches.rows()[side];
                for (int i = 0; i < Math.min(count, found.length); i++) {
                    ofSide[i] = found[i] < 0 ? Tuples.NO_ROW : rows[found[i]];
                }
                together = together.with(side, ofSide);
            }
            return together;
        }
    }
}
