package io.spangraph.engine.expr.temporal;

import io.spangraph.model.value.Value;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/** What a temporal value knows: perhaps a day, perhaps a time of the day, perhaps a zone. */
record PointInTime(Optional<LocalDate> date, Optional<LocalTime> time, Optional<ZoneId> zone) {
    static final PointInTime NOTHING = new PointInTime(Optional.empty(), Optional.empty(), Optional.empty());

    /** Of a value; empty for one that is no point in time. */
    static Optional<PointInTime> of(Value value) {
        return switch (value) {
            case Value.DateValue(LocalDate date) ->
                Optional.of(new PointInTime(Optional.of(date), Optional.empty(), Optional.empty()));
            case Value.LocalTimeValue(LocalTime time) ->
                Optional.of(new PointInTime(Optional.empty(), Optional.of(time), Optional.empty()));
            case Value.TimeValue time ->
                Optional.of(new PointInTime(
                        Optional.empty(),
                        Optional.of(time.value().toLocalTime()),
                        Optional.of(time.value().getOffset())));
            case Value.LocalDateTimeValue dateTime ->
                Optional.of(new PointInTime(
                        Optional.of(dateTime.value().toLocalDate()),
                        Optional.of(dateTime.value().toLocalTime()),
                        Optional.empty()));
            case Value.DateTimeValue dateTime ->
                Optional.of(new PointInTime(
                        Optional.of(dateTime.value().toLocalDate()),
                        Optional.of(dateTime.value().toLocalTime()),
                        Optional.of(dateTime.value().getZone())));
            case Value other -> Optional.empty();
        };
    }
}
