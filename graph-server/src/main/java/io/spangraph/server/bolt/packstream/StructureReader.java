package io.spangraph.server.bolt.packstream;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.model.value.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * Reads the fields of structures. All fields are taken before it is asked whether they make a value, so that the bytes
 * behind them can be read in either case.
 */
final class StructureReader {
    private static final long NANOS_OF_A_SECOND = 1_000_000_000L;

    private final PackStreamReader in;

    StructureReader(PackStreamReader in) {
        this.in = in;
    }

    /**
     * Reads what follows the structure's header.
     *
     * @throws QueryException when it is well-formed and no value that a query can use
     */
    Value read(Structure structure, int size) {
        return switch (structure) {
            case DATE -> temporal(structure, integers(structure, size, 1));
            case LOCAL_TIME -> temporal(structure, integers(structure, size, 1));
            case TIME, LOCAL_DATE_TIME -> temporal(structure, integers(structure, size, 2));
            case DATE_TIME, LEGACY_DATE_TIME -> temporal(structure, integers(structure, size, 3));
            case DURATION -> temporal(structure, integers(structure, size, 4));
            case ZONED_DATE_TIME, LEGACY_ZONED_DATE_TIME -> zoned(structure, size);
            case NODE, RELATIONSHIP, UNBOUND_RELATIONSHIP, PATH ->
                throw refused(structure, size, "Send the properties that the query needs.");
            case POINT_2D, POINT_3D -> throw refused(structure, size, "Send its coordinates as numbers.");
            case VECTOR -> throw refused(structure, size, "Send it as a list of numbers.");
            case UNSUPPORTED_TYPE -> throw refused(structure, size, "Send it as a text, a number or a map.");
        };
    }

    private QueryException refused(Structure structure, int size, String hint) {
        for (int field = 0; field < size; field++) {
            in.skip();
        }
        return QueryException.of(QueryErrorCode.UNSUPPORTED, structure.phrase() + " cannot be a parameter")
                .withHint(hint);
    }

    private long[] integers(Structure structure, int size, int expected) {
        requireSize(structure, size, expected);
        long[] fields = new long[expected];
        for (int i = 0; i < expected; i++) {
            fields[i] = in.readInteger();
        }
        return fields;
    }

    private static void requireSize(Structure structure, int size, int expected) {
        if (size != expected) {
            throw new PackStreamException("The structure of " + structure.phrase() + " has " + size
                    + " fields in place of " + expected + ".");
        }
    }

    private static Value temporal(Structure structure, long[] fields) {
        try {
            return convert(structure, fields);
        } catch (DateTimeException | ArithmeticException e) {
            throw outOfRange(structure, e);
        }
    }

    private static Value convert(Structure structure, long[] fields) {
        return switch (structure) {
            case DATE -> new Value.DateValue(LocalDate.ofEpochDay(fields[0]));
            case LOCAL_TIME -> new Value.LocalTimeValue(LocalTime.ofNanoOfDay(fields[0]));
            case TIME -> new Value.TimeValue(OffsetTime.of(LocalTime.ofNanoOfDay(fields[0]), offset(fields[1])));
            case LOCAL_DATE_TIME -> new Value.LocalDateTimeValue(local(fields[0], fields[1]));
            case DATE_TIME ->
                new Value.DateTimeValue(ZonedDateTime.ofInstant(instant(fields[0], fields[1]), offset(fields[2])));
            case LEGACY_DATE_TIME ->
                new Value.DateTimeValue(ZonedDateTime.of(local(fields[0], fields[1]), offset(fields[2])));
            case DURATION ->
                new Value.DurationValue(
                        fields[0],
                        fields[1],
                        Math.addExact(fields[2], Math.floorDiv(fields[3], NANOS_OF_A_SECOND)),
                        (int) Math.floorMod(fields[3], NANOS_OF_A_SECOND));
            case ZONED_DATE_TIME,
                    LEGACY_ZONED_DATE_TIME,
                    NODE,
                    RELATIONSHIP,
                    UNBOUND_RELATIONSHIP,
                    PATH,
                    POINT_2D,
                    POINT_3D,
                    VECTOR,
                    UNSUPPORTED_TYPE -> throw new IllegalArgumentException(structure + " is not made of integers");
        };
    }

    private Value zoned(Structure structure, int size) {
        requireSize(structure, size, 3);
        long seconds = in.readInteger();
        long nanos = in.readInteger();
        String zone = in.readString();
        try {
            ZoneId id = zone(zone);
            return new Value.DateTimeValue(
                    structure == Structure.ZONED_DATE_TIME
                            ? ZonedDateTime.ofInstant(instant(seconds, nanos), id)
                            : ZonedDateTime.of(local(seconds, nanos), id));
        } catch (DateTimeException | ArithmeticException e) {
            throw outOfRange(structure, e);
        }
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw QueryException.of(QueryErrorCode.ARGUMENT_ERROR, "there is no time zone '" + name + "'")
                    .withHint("Use a name of the IANA time zone database such as Europe/Paris, or an offset.")
                    .causedBy(e);
        }
    }

    private static Instant instant(long seconds, long nanos) {
        return Instant.ofEpochSecond(seconds, nanoOfSecond(nanos));
    }

    private static LocalDateTime local(long seconds, long nanos) {
        return LocalDateTime.ofEpochSecond(seconds, nanoOfSecond(nanos), ZoneOffset.UTC);
    }

    private static int nanoOfSecond(long nanos) {
        if (nanos < 0 || nanos >= NANOS_OF_A_SECOND) {
            throw new DateTimeException(nanos + " is no nanosecond of a second");
        }
        return (int) nanos;
    }

    private static ZoneOffset offset(long seconds) {
        return ZoneOffset.ofTotalSeconds(Math.toIntExact(seconds));
    }

    private static QueryException outOfRange(Structure structure, RuntimeException cause) {
        return QueryException.of(
                        QueryErrorCode.ARGUMENT_ERROR,
                        "the fields of " + structure.phrase() + " are out of range (" + cause.getMessage() + ")")
                .causedBy(cause);
    }
}
