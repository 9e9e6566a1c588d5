package io.spangraph.server.bolt.message;

import io.spangraph.engine.context.QueryException;
import io.spangraph.model.value.Value;
import io.spangraph.server.bolt.packstream.PackStreamException;
import io.spangraph.server.bolt.packstream.PackStreamReader;
import io.spangraph.server.bolt.packstream.PackStreamReader.StructureHeader;
import io.spangraph.server.bolt.packstream.ValueForm;
import io.spangraph.server.bolt.packstream.ValueReader;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads requests in the form of one version of the protocol. */
public final class RequestReader {
    private static final String UTC_PATCH = "utc";
    private static final String SCHEME = "scheme";
    private static final Set<String> SEVERITIES = Set.of("OFF", "WARNING", "INFORMATION");

    private final ProtocolVersion version;

    public RequestReader(ProtocolVersion version) {
        this.version = version;
    }

    /**
     * Reads the bytes of one message.
     *
     * @throws PackStreamException when they are no request of this version
     */
    public BoltRequest read(PackStreamReader in, ValueForm form) {
        StructureHeader header = in.readStructureHeader();
        RequestType type = RequestType.byTag(header.tag(), version)
                .orElseThrow(() -> new PackStreamException(
                        "Bolt " + version + " has no request with the tag 0x%02X.".formatted(header.tag())));
        try {
            if (header.size() != type.size()) {
                throw new PackStreamException("it has " + header.size() + " fields in place of " + type.size() + ".");
            }
            return read(type, in, new ValueReader(in, form));
        } catch (PackStreamException e) {
            throw new PackStreamException("Not a " + type + " of Bolt " + version + ": " + e.getMessage());
        }
    }

    private BoltRequest read(RequestType type, PackStreamReader in, ValueReader values) {
        BoltRequest request = switch (type) {
            case HELLO -> hello(fields(values));
            case GOODBYE -> new BoltRequest.Goodbye();
            case RESET -> new BoltRequest.Reset();
            case RUN -> run(in.readString(), values);
            case BEGIN -> new BoltRequest.Begin(transaction(fields(values)));
            case COMMIT -> new BoltRequest.Commit();
            case ROLLBACK -> new BoltRequest.Rollback();
            case DISCARD -> discard(fields(values));
            case PULL -> pull(fields(values));
            case TELEMETRY -> new BoltRequest.Telemetry(in.readInteger());
            case ROUTE -> route(values.readMap(), values.read(), fields(values));
            case LOGON -> new BoltRequest.Logon(logon(fields(values)));
            case LOGOFF -> new BoltRequest.Logoff();
        };
        in.requireEnd();
        return values.refusal().map(problem -> refused(type, problem)).orElse(request);
    }

    private static BoltRequest refused(RequestType type, QueryException problem) {
        if (type == RequestType.RUN || type == RequestType.BEGIN) {
            return new BoltRequest.Refused(problem);
        }
        throw new PackStreamException(problem.getMessage());
    }

    private static RequestFields fields(ValueReader values) {
        return new RequestFields(values.readMap());
    }

    private BoltRequest.Hello hello(RequestFields fields) {
        boolean logsOnLater = version.isAtLeast(ProtocolVersion.V5_1);
        boolean patched = !version.isAtLeast(ProtocolVersion.V5_0)
                && fields.texts("patch_bolt").orElse(List.of()).contains(UTC_PATCH);
        return new BoltRequest.Hello(
                fields.requiredText("user_agent"),
                fields.map("routing"),
                logsOnLater
                        ? Optional.empty()
                        : Optional.of(token(fields.text(SCHEME).orElse("none"), fields)),
                notifications(fields),
                patched ? List.of(UTC_PATCH) : List.of());
    }

    private static AuthToken logon(RequestFields fields) {
        return token(fields.requiredText(SCHEME), fields);
    }

    private static AuthToken token(String scheme, RequestFields fields) {
        return new AuthToken(scheme, fields.text("principal"), fields.text("credentials"));
    }

    private BoltRequest.Run run(String query, ValueReader values) {
        Map<String, Value> parameters = values.readMap();
        return new BoltRequest.Run(query, parameters, transaction(fields(values)));
    }

    private TransactionOptions transaction(RequestFields fields) {
        String mode = fields.text("mode").orElse("w");
        if (!mode.equals("r") && !mode.equals("w")) {
            throw RequestFields.unexpected("mode", Value.of(mode), "'r' or 'w'");
        }
        return new TransactionOptions(
                fields.texts("bookmarks").orElse(List.of()),
                timeout(fields),
                fields.map("tx_metadata").orElse(Map.of()),
                mode.equals("w"),
                database(fields),
                fields.text("imp_user"),
                notifications(fields));
    }

    /** Zero asks for no limit of the client's own, so the server's holds. */
    private static Optional<Duration> timeout(RequestFields fields) {
        Optional<Long> milliseconds = fields.integer("tx_timeout");
        milliseconds.filter(number -> number < 0).ifPresent(number -> {
            throw RequestFields.unexpected("tx_timeout", Value.of(number), "milliseconds from 0");
        });
        return milliseconds.filter(number -> number > 0).map(Duration::ofMillis);
    }

    private static Optional<String> database(RequestFields fields) {
        return fields.text("db").filter(name -> !name.isEmpty());
    }

    private NotificationFilter notifications(RequestFields fields) {
        if (!version.isAtLeast(ProtocolVersion.V5_2)) {
            return NotificationFilter.UNSET;
        }
        Optional<String> severity = fields.text("notifications_minimum_severity");
        severity.filter(name -> !SEVERITIES.contains(name)).ifPresent(name -> {
            throw RequestFields.unexpected(
                    "notifications_minimum_severity", Value.of(name), "OFF, WARNING or INFORMATION");
        });
        Optional<List<String>> categories = fields.texts("notifications_disabled_categories");
        Optional<List<String>> classifications = fields.texts("notifications_disabled_classifications");
        if (categories.isEmpty() && classifications.isEmpty()) {
            return new NotificationFilter(severity, Optional.empty());
        }
        Set<String> disabled = new HashSet<>(categories.orElse(List.of()));
        disabled.addAll(classifications.orElse(List.of()));
        return new NotificationFilter(severity, Optional.of(disabled));
    }

    private static BoltRequest.Pull pull(RequestFields fields) {
        return new BoltRequest.Pull(count(fields), queryId(fields));
    }

    private static BoltRequest.Discard discard(RequestFields fields) {
        return new BoltRequest.Discard(count(fields), queryId(fields));
    }

    private static long count(RequestFields fields) {
        long count = fields.integer("n").orElseThrow(() -> new PackStreamException("'n' is missing."));
        if (count != -1 && count < 1) {
            throw RequestFields.unexpected("n", Value.of(count), "a number of rows from 1, or -1 for all");
        }
        return count;
    }

    private static long queryId(RequestFields fields) {
        long id = fields.integer("qid").orElse(-1L);
        if (id < -1) {
            throw RequestFields.unexpected("qid", Value.of(id), "the number of a query, or -1 for the last");
        }
        return id;
    }

    private static BoltRequest.Route route(Map<String, Value> routing, Value bookmarks, RequestFields fields) {
        return new BoltRequest.Route(
                routing,
                bookmarks.isNull() ? List.of() : RequestFields.texts("bookmarks", bookmarks),
                database(fields),
                fields.text("imp_user"));
    }
}
