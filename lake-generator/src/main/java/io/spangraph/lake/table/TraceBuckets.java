package io.spangraph.lake.table;

import io.spangraph.lake.run.TracePlan;
import io.spangraph.lake.run.TracePlanner;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.iceberg.transforms.Transforms;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.SerializableFunction;

/**
 * Which traces go into which bucket. Four bytes a trace are held; the plans of a bucket are drawn again when it is
 * written, because the plans of a whole lake would not fit in memory.
 */
public final class TraceBuckets {

    private static final int LEAST_BUCKETS = 8;
    private static final int MOST_BUCKETS = 1024;
    private static final long SPANS_PER_BUCKET = 150_000;

    private final TracePlanner planner;
    private final int[] firstOfBucket;
    private final int[] tracesByBucket;

    public TraceBuckets(TracePlanner planner, int buckets) {
        this.planner = planner;
        SerializableFunction<CharSequence, Integer> bucketOf =
                Transforms.<CharSequence>bucket(buckets).bind(Types.StringType.get());
        int[] bucketOfTrace = IntStream.range(0, planner.traceCount())
                .map(index -> bucketOf.apply(planner.traceId(index)))
                .toArray();
        this.firstOfBucket = new int[buckets + 1];
        for (int bucket : bucketOfTrace) {
            firstOfBucket[bucket + 1]++;
        }
        for (int bucket = 0; bucket < buckets; bucket++) {
            firstOfBucket[bucket + 1] += firstOfBucket[bucket];
        }
        this.tracesByBucket = new int[bucketOfTrace.length];
        int[] next = firstOfBucket.clone();
        for (int index = 0; index < bucketOfTrace.length; index++) {
            tracesByBucket[next[bucketOfTrace[index]]++] = index;
        }
    }

    /** A power of two that keeps the files of a bucket at a size that is quick to write and to plan. */
    public static int count(long spans) {
        long wanted = Math.clamp((spans + SPANS_PER_BUCKET - 1) / SPANS_PER_BUCKET, LEAST_BUCKETS, MOST_BUCKETS);
        return Integer.highestOneBit((int) (2 * wanted - 1));
    }

    public int count() {
        return firstOfBucket.length - 1;
    }

    /** The plans of a bucket in the order of the tables: by tenant, then by trace id. */
    public List<TracePlan> plans(int bucket) {
        return IntStream.range(firstOfBucket[bucket], firstOfBucket[bucket + 1])
                .mapToObj(position -> planner.plan(tracesByBucket[position]))
                .sorted(Comparator.comparing(TracePlan::tenant, TextOrder.UTF_8).thenComparing(TracePlan::traceId))
                .toList();
    }
}
