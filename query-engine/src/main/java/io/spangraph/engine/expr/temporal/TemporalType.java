package io.spangraph.engine.expr.temporal;

import io.spangraph.model.value.Value;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/** The types of points in time, which differ in what they know: a day, a time of the day, a zone. */
public enum TemporalType {
    DATE("date", true, false, false, "2026-11-21"),
    TIME("time", false, true, true, "10:15:00+01:00"),
    LOCAL_TIME("localtime", false, true, false, "10:15:00"),
    DATE_TIME("datetime", true, true, true, "2026-11-21T10:15:00Z"),
    LOCAL_DATE_TIME("localdatetime", true, true, false, "2026-11-21T10:15:00");

    private final String function;
    private final boolean dated;
    private final boolean timed;
    private final boolean zoned;
    private final String example;

    TemporalType(String function, boolean dated, boolean timed, boolean zoned, String example) {
        this.function = function;
        this.dated = dated;
        this.timed = timed;
        this.zoned = zoned;
        this.example = example;
    }

    /** The name of the function that makes values of this type. */
    public String function() {
        return function;
    }

    public boolean hasDate() {
        return dated;
    }

    public boolean hasTime() {
        return timed;
    }

    public boolean hasZone() {
        return zoned;
    }

    String example() {
        return example;
    }

    /** The value of this type; what the type does not know of is dropped. */
    Value of(LocalDate date, LocalTime time, ZoneId zone) {
        return switch (this) {
            case DATE -> new Value.DateValue(date);
            case LOCAL_TIME -> new Value.LocalTimeValue(time);
            case LOCAL_DATE_TIME -> new Value.LocalDateTimeValue(date.atTime(time));
            case DATE_TIME ->
                new Value.DateTimeValue(LocalDateTime.of(date, time).atZone(zone));
            case TIME -> new Value.TimeValue(OffsetTime.of(time, zone.getRules().getOffset(date.atTime(time))));
        };
    }

    Value of(ZonedDateTime moment) {
        return this == DATE_TIME
                ? new Value.DateTimeValue(moment)
                : of(moment.toLocalDate(), moment.toLocalTime(), moment.getZone());
    }

    /** The type of a value; empty for one that is no point in time. */
    static Optional<TemporalType> of(Value value) {
        return switch (value) {
            case Value.DateValue date -> Optional.of(DATE);
            case Value.TimeValue time -> Optional.of(TIME);
            case Value.LocalTimeValue time -> Optional.of(LOCAL_TIME);
            case Value.DateTimeValue dateTime -> Optional.of(DATE_TIME);
            case Value.LocalDateTimeValue dateTime -> Optional.of(LOCAL_DATE_TIME);
            case Value other -> Optional.empty();
        };
    }
}
