package io.spangraph.iceberg.equivalence;

import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.RuntimeKeys;
import io.spangraph.engine.spi.ScanMonitor;
import io.spangraph.engine.spi.ScanParts;
import io.spangraph.engine.spi.ScanPlan;
import io.spangraph.engine.spi.ScanRequest;
import io.spangraph.engine.spi.ScanSource;
import io.spangraph.engine.spi.SnapshotSelector;
import io.spangraph.engine.spi.SnapshotSet;
import io.spangraph.engine.spi.TableSnapshot;
import io.spangraph.model.table.TableName;
import io.spangraph.model.table.TableSchema;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** A source with one fault, to see whether the comparison notices it. */
record WrongSource(ScanSource source, Fault fault) implements ScanSource {

    /** What readers of columns get wrong. */
    enum Fault {
        /** The last row of a batch is lost. */
        LOSES_A_ROW {
            @Override
            RowBatch of(RowBatch batch) {
                return batch.select(IntStream.range(0, batch.rowCount() - 1)
                        .map(batch::physicalRow)
                        .toArray());
            }
        },
        /** A row comes twice. */
        REPEATS_A_ROW {
            @Override
            RowBatch of(RowBatch batch) {
                return batch.select(IntStream.concat(IntStream.of(0), IntStream.range(0, batch.rowCount()))
                        .map(batch::physicalRow)
                        .toArray());
            }
        },
        /** Nulls are what lies in the array below them. */
        IGNORES_NULLS {
            @Override
            Vector of(Vector vector) {
                return switch (vector) {
                    case Vector.LongVector longs -> new Vector.LongVector(longs.values(), NullMask.NONE, longs.kind());
                    case Vector.DoubleVector doubles -> new Vector.DoubleVector(doubles.values(), NullMask.NONE);
                    case Vector.BooleanVector flags -> new Vector.BooleanVector(flags.values(), NullMask.NONE);
                    default -> vector;
                };
            }
        },
        /** The first two entries of a dictionary have changed places. */
        SWAPS_TWO_CODES {
            @Override
            Vector of(Vector vector) {
                if (vector instanceof Vector.DictionaryVector(int[] codes, List<Value> dictionary)
                        && dictionary.size() > 1) {
                    List<Value> swapped = new ArrayList<>(dictionary);
                    Collections.swap(swapped, 0, 1);
                    return new Vector.DictionaryVector(codes, swapped);
                }
                return vector;
            }
        },
        /** The lowest bit of a number is wrong. */
        FLIPS_A_BIT {
            @Override
            Vector of(Vector vector) {
                return vector instanceof Vector.LongVector longs
                        ? new Vector.LongVector(
                                Arrays.stream(longs.values())
                                        .map(value -> value ^ 1)
                                        .toArray(),
                                longs.nulls(),
                                longs.kind())
                        : vector;
            }
        },
        /** The rows come in another order. */
        REVERSES_ROWS {
            @Override
            RowBatch of(RowBatch batch) {
                int last = batch.rowCount() - 1;
                return batch.select(IntStream.rangeClosed(0, last)
                        .map(row -> batch.physicalRow(last - row))
                        .toArray());
            }
        };

        RowBatch of(RowBatch batch) {
            return batch.withColumns(batch.columns().stream().map(this::of).toList());
        }

        Vector of(Vector vector) {
            return vector;
        }
    }

    private BatchCursor wrong(BatchCursor cursor) {
        return new BatchCursor() {
            @Override
            public boolean advance() {
                return cursor.advance();
            }

            @Override
            public RowBatch batch() {
                return fault.of(cursor.batch());
            }

            @Override
            public void close() {
                cursor.close();
            }
        };
    }

    @Override
    public SnapshotSet pin(Set<TableName> tables, SnapshotSelector selector) {
        return source.pin(tables, selector);
    }

    @Override
    public ScanPlan plan(ScanRequest request) {
        return source.plan(request);
    }

    @Override
    public ScanParts parts(ScanPlan plan, RuntimeKeys keys, ScanMonitor monitor) {
        ScanParts parts = source.parts(plan, keys, monitor);
        return new ScanParts() {
            @Override
            public Optional<BatchCursor> next() {
                return parts.next().map(WrongSource.this::wrong);
            }

            @Override
            public void close() {
                parts.close();
            }
        };
    }

    @Override
    public BatchCursor fetch(
            TableSnapshot snapshot, Pin pin, long[] rowReferences, List<String> columns, ScanMonitor monitor) {
        return source.fetch(snapshot, pin, rowReferences, columns, monitor);
    }

    @Override
    public Optional<TableSchema> table(TableName name) {
        return source.table(name);
    }

    @Override
    public List<String> neighbours(TableName name) {
        return source.neighbours(name);
    }

    @Override
    public void close() {
        source.close();
    }
}
