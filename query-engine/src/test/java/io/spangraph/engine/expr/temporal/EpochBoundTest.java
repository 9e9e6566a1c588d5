package io.spangraph.engine.expr.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.expr.temporal.EpochBound.Image;
import io.spangraph.engine.expr.temporal.EpochBound.Unit;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Values;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EpochBoundTest {
    private static final long NANOS_OF_A_DAY = 86_400_000_000_000L;

    @ParameterizedTest
    @EnumSource(Image.class)
    void aConditionOnTheCountIsTheOneOnItsImage(Image image) {
        Random random = new Random(7);
        int satisfied = 0;
        for (int i = 0; i < 20_000; i++) {
            Unit unit = random.nextBoolean() ? Unit.MILLISECONDS : Unit.SECONDS;
            Value bound = bound(image, random);
            long count = near(bound, unit, random);
            Value imaged = imaged(
                    image,
                    Instant.ofEpochSecond(
                            unit == Unit.SECONDS ? count : Math.floorDiv(count, 1_000L),
                            unit == Unit.SECONDS ? 0 : Math.floorMod(count, 1_000L) * 1_000_000L));
            Optional<Boolean> notBefore = Values.lessOrEqual(bound, imaged);
            Optional<Boolean> after = Values.lessThan(bound, imaged);

            assertThat(Values.lessOrEqual(EpochBound.from(bound, image, unit), Value.of(count)))
                    .as("%s of %d %s from %s", image, count, unit, bound)
                    .isEqualTo(notBefore);
            assertThat(Values.lessOrEqual(EpochBound.after(bound, image, unit), Value.of(count)))
                    .as("%s of %d %s after %s", image, count, unit, bound)
                    .isEqualTo(after);
            satisfied += after.orElse(false) ? 1 : 0;
        }
        assertThat(satisfied).isBetween(1_000, 16_000);
    }

    @Test
    void whatIsNotComparedGivesNull() {
        Value day = new Value.DateValue(LocalDate.EPOCH);
        for (Value other : List.of(Value.NULL, Value.of("2026"), Value.of(true), day)) {
            assertThat(EpochBound.from(other, Image.DATE_TIME, Unit.SECONDS)).isEqualTo(Value.NULL);
            assertThat(EpochBound.after(other, Image.LOCAL_DATE_TIME, Unit.SECONDS))
                    .isEqualTo(Value.NULL);
        }
        assertThat(EpochBound.after(Value.of(2026L), Image.DATE, Unit.SECONDS)).isEqualTo(Value.NULL);
        assertThat(EpochBound.after(day, Image.YEAR, Unit.SECONDS)).isEqualTo(Value.NULL);
        assertThat(EpochBound.from(Value.of(Double.NaN), Image.YEAR, Unit.SECONDS))
                .isEqualTo(Value.NULL);
    }

    @Test
    void whatNoCountReachesIsInfinitelyFar() {
        Value first = new Value.DateValue(LocalDate.MIN);
        Value last = new Value.DateValue(LocalDate.MAX);

        assertThat(EpochBound.from(first, Image.DATE, Unit.MILLISECONDS)).isEqualTo(Value.of(Double.NEGATIVE_INFINITY));
        assertThat(EpochBound.after(last, Image.DATE, Unit.MILLISECONDS)).isEqualTo(Value.of(Double.POSITIVE_INFINITY));
        assertThat(EpochBound.after(last, Image.DATE, Unit.SECONDS)).isEqualTo(Value.of(31556889832780800L));
        assertThat(EpochBound.from(Value.of(Long.MAX_VALUE), Image.YEAR, Unit.SECONDS))
                .isEqualTo(Value.of(Double.POSITIVE_INFINITY));
        assertThat(EpochBound.after(Value.of(Long.MIN_VALUE), Image.YEAR, Unit.SECONDS))
                .isEqualTo(Value.of(Double.NEGATIVE_INFINITY));
    }

    private static Value bound(Image image, Random random) {
        LocalDate day = LocalDate.ofEpochDay(random.nextInt(-30_000, 30_000));
        boolean whole = random.nextInt(3) == 0;
        long nanos = whole ? random.nextLong(86_400) * 1_000_000_000L : random.nextLong(NANOS_OF_A_DAY);
        LocalDateTime moment = day.atStartOfDay().plusNanos(nanos);
        return switch (image) {
            case DATE_TIME ->
                new Value.DateTimeValue(
                        moment.atZone(random.nextBoolean() ? ZoneOffset.UTC : ZoneId.of("Europe/Stockholm")));
            case LOCAL_DATE_TIME -> new Value.LocalDateTimeValue(moment);
            case DATE -> new Value.DateValue(day);
            case YEAR -> whole ? Value.of(day.getYear() + 0.5) : Value.of((long) day.getYear());
        };
    }

    /** A count on or about the bound. */
    private static long near(Value bound, Unit unit, Random random) {
        long seconds = switch (bound) {
            case Value.DateTimeValue moment -> moment.value().toEpochSecond();
            case Value.LocalDateTimeValue moment -> moment.value().toEpochSecond(ZoneOffset.UTC);
            case Value.DateValue day -> day.value().toEpochDay() * 86_400;
            case Value.IntegerValue(long year) -> LocalDate.of((int) year, 1, 1).toEpochDay() * 86_400;
            case Value other ->
                LocalDate.of((int) ((Value.FloatValue) other).value(), 7, 1).toEpochDay() * 86_400;
        };
        long width = bound instanceof Value.IntegerValue || bound instanceof Value.FloatValue
                ? 800 * 86_400L
                : random.nextBoolean() ? 2 : 200_000;
        long count = unit == Unit.SECONDS ? seconds : seconds * 1_000;
        return count + random.nextLong(-width, width + 1);
    }

    private static Value imaged(Image image, Instant instant) {
        ZonedDateTime moment = instant.atZone(ZoneOffset.UTC);
        return switch (image) {
            case DATE_TIME -> new Value.DateTimeValue(moment);
            case LOCAL_DATE_TIME -> new Value.LocalDateTimeValue(moment.toLocalDateTime());
            case DATE -> new Value.DateValue(moment.toLocalDate());
            case YEAR -> Value.of((long) moment.getYear());
        };
    }
}
