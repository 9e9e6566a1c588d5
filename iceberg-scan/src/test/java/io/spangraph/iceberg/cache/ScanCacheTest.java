package io.spangraph.iceberg.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.context.Cancellation.Reason;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.spi.ScanMonitor;
import io.spangraph.engine.spi.ScanMonitor.CacheUse;
import io.spangraph.iceberg.cache.ScanCache.Cached;
import io.spangraph.iceberg.cache.ScanCache.Key;
import io.spangraph.iceberg.cache.ScanCache.Kind;
import io.spangraph.iceberg.cache.ScanCache.Reservation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScanCacheTest {
    private static final long MIB = 1 << 20;

    private record Block(String text, long heapBytes) implements Cached {}

    private static Key key(Kind kind, int number) {
        return new Key(kind, "file" + number, -1, -1);
    }

    private static ScanMonitor monitor() {
        return new ScanMonitor(Cancellation.after(Duration.ofMinutes(1)));
    }

    @Test
    void aValueIsLoadedOnce() {
        ScanCache cache = ScanCache.of(CacheMode.ALL, MIB);
        ScanMonitor monitor = monitor();
        AtomicInteger loads = new AtomicInteger();

        for (int i = 0; i < 3; i++) {
            Block found = cache.get(key(Kind.FOOTER, 1), monitor, () -> new Block("b" + loads.incrementAndGet(), 100));
            assertThat(found.text()).isEqualTo("b1");
        }

        assertThat(cache.peek(key(Kind.FOOTER, 1), Block.class)).contains(new Block("b1", 100));
        assertThat(cache.peek(key(Kind.FOOTER, 2), Block.class)).isEmpty();
        assertThat(cache.stats().of(Kind.FOOTER)).isEqualTo(new CacheStats.OfKind(2, 1, 0, 1, 300));
        assertThat(monitor.counts().reader().caches())
                .containsOnlyKeys("footer")
                .containsValue(new CacheUse(2, 1));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void theModeSaysWhichKindsAreKept(Kind kind) {
        List<Integer> loads = new ArrayList<>();
        for (CacheMode mode : CacheMode.values()) {
            ScanCache cache = ScanCache.of(mode, MIB);
            AtomicInteger count = new AtomicInteger();
            for (int i = 0; i < 2; i++) {
                cache.get(key(kind, 1), () -> new Block("b" + count.incrementAndGet(), 100));
            }
            loads.add(count.get());
            assertThat(cache.stats().bytes()).isEqualTo(count.get() == 1 ? 300 : 0);
        }

        boolean metadata = switch (kind) {
            case FOOTER, PAGE_INDEX, BLOOM, DICTIONARY, DELETES -> true;
            case KEY_INDEX, COLUMN, PAGE, LINKS -> false;
        };
        assertThat(loads).containsExactly(2, metadata ? 1 : 2, 1);
    }

    @Test
    void allKindsTogetherStayWithinTheBudget() {
        ScanCache cache = ScanCache.of(CacheMode.ALL, 100_000);
        for (int i = 0; i < 500; i++) {
            Kind kind = Kind.values()[i % Kind.values().length];
            cache.get(key(kind, i), () -> new Block("b", 1_800));
            assertThat(cache.stats().bytes()).isLessThanOrEqualTo(100_000);
        }

        CacheStats stats = cache.stats();
        long evictions = 0;
        long entries = 0;
        for (Kind kind : Kind.values()) {
            evictions += stats.of(kind).evictions();
            entries += stats.of(kind).entries();
        }
        assertThat(entries).isEqualTo(50);
        assertThat(evictions).isEqualTo(450);
        assertThat(stats.bytes()).isEqualTo(50 * 2_000);
    }

    @Test
    void aValueThatWouldDriveOutTheRestIsNotKept() {
        ScanCache cache = ScanCache.of(CacheMode.ALL, 100_000);
        cache.get(key(Kind.FOOTER, 1), () -> new Block("small", 1_000));
        cache.get(key(Kind.COLUMN, 2), () -> new Block("large", 60_000));

        assertThat(cache.peek(key(Kind.COLUMN, 2), Block.class)).isEmpty();
        assertThat(cache.peek(key(Kind.FOOTER, 1), Block.class)).isPresent();
        assertThat(cache.fits(50_000)).isTrue();
        assertThat(cache.fits(50_001)).isFalse();
    }

    @Test
    void manyThreadsThatWantTheSameLoadItOnce() throws Exception {
        ScanCache cache = ScanCache.of(CacheMode.ALL, MIB);
        AtomicInteger loads = new AtomicInteger();
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<Block>> found = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                found.add(threads.submit(() -> cache.get(key(Kind.DICTIONARY, 1), () -> {
                    loads.incrementAndGet();
                    loading.countDown();
                    await(goOn);
                    return new Block("once", 10);
                })));
            }
            await(loading);
            goOn.countDown();
            for (Future<Block> one : found) {
                assertThat(one.get().text()).isEqualTo("once");
            }
        }

        assertThat(loads).hasValue(1);
        assertThat(cache.stats().of(Kind.DICTIONARY).hits()).isEqualTo(7);
    }

    @Test
    void aLoadThatFailsFailsItsOwnQueryOnly() throws Exception {
        ScanCache cache = ScanCache.of(CacheMode.ALL, MIB);
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            Future<Block> first = threads.submit(() -> cache.get(key(Kind.FOOTER, 1), () -> {
                loading.countDown();
                await(goOn);
                throw new IllegalStateException("cancelled");
            }));
            await(loading);
            Future<Block> second =
                    threads.submit(() -> cache.get(key(Kind.FOOTER, 1), () -> new Block("the second's own", 10)));
            goOn.countDown();

            assertThatThrownBy(first::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("cancelled");
            assertThat(second.get().text()).isEqualTo("the second's own");
        }

        assertThat(cache.peek(key(Kind.FOOTER, 1), Block.class)).isPresent();
    }

    @Test
    void aQueryThatWaitsForTheLoadOfAnotherCanBeCancelled() throws Exception {
        ScanCache cache = ScanCache.of(CacheMode.ALL, MIB);
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            Future<Block> first = threads.submit(() -> cache.get(key(Kind.FOOTER, 1), () -> {
                loading.countDown();
                await(goOn);
                return new Block("late", 10);
            }));
            await(loading);
            Cancellation cancellation = Cancellation.after(Duration.ofMinutes(1));
            cancellation.cancel(Reason.KILLED);

            assertThatThrownBy(() ->
                            cache.get(key(Kind.FOOTER, 1), new ScanMonitor(cancellation), () -> new Block("never", 10)))
                    .isInstanceOf(QueryException.class)
                    .hasMessage("The query was cancelled.");
            goOn.countDown();
            assertThat(first.get().text()).isEqualTo("late");
        }
    }

    @Test
    void aLoadMayNeedOtherKeysButNotItsOwn() {
        ScanCache cache = ScanCache.of(CacheMode.ALL, MIB);
        Block outer = cache.get(key(Kind.DICTIONARY, 1), () -> {
            Block inner = cache.get(key(Kind.FOOTER, 1), () -> new Block("inner", 10));
            return new Block("outer of " + inner.text(), 10);
        });

        assertThat(outer.text()).isEqualTo("outer of inner");
        assertThatThrownBy(() -> cache.get(
                        key(Kind.FOOTER, 2), () -> cache.get(key(Kind.FOOTER, 2), () -> new Block("never", 10))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a load that needs its own value");
    }

    @Test
    void whatIsBeingBuiltTakesItsShareOfTheBudget() {
        ScanCache cache = ScanCache.of(CacheMode.ALL, 100_000);
        for (int i = 0; i < 50; i++) {
            cache.get(key(Kind.COLUMN, i), () -> new Block("b", 1_800));
        }
        assertThat(cache.stats().bytes()).isEqualTo(100_000);

        Reservation building = cache.reserve(40_000).orElseThrow();
        assertThat(cache.stats().bytes()).isEqualTo(60_000);
        assertThat(cache.stats().reservedBytes()).isEqualTo(40_000);
        assertThat(cache.reserve(10_001)).isEmpty();
        assertThat(cache.reserve(10_000)).hasValueSatisfying(Reservation::close);
        building.close();
        assertThat(cache.stats().reservedBytes()).isZero();
        // The second reservation had driven out another 10,000.
        cache.get(key(Kind.COLUMN, 100), () -> new Block("b", 30_000));
        assertThat(cache.stats().bytes()).isEqualTo(80_200);
    }

    @Test
    void aSecondUseIsKnown() {
        ScanCache cache = ScanCache.of(CacheMode.ALL, MIB);
        assertThat(cache.usedBefore(key(Kind.COLUMN, 1))).isFalse();
        assertThat(cache.usedBefore(key(Kind.COLUMN, 2))).isFalse();
        assertThat(cache.usedBefore(key(Kind.COLUMN, 1))).isTrue();
        assertThat(cache.usedBefore(key(Kind.KEY_INDEX, 1))).isFalse();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
