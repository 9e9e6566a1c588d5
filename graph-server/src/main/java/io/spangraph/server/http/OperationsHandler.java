package io.spangraph.server.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.server.query.QueryInfo;
import io.spangraph.server.telemetry.QueryMetrics;
import java.io.IOException;

/** What operators and load balancers ask: health, readiness, metrics, what runs, and to end it. */
final class OperationsHandler {
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final int SERVICE_UNAVAILABLE = 503;

    private final QueryDoor door;
    private final QueryMetrics metrics;
    private final String version;

    OperationsHandler(QueryDoor door, QueryMetrics metrics, String version) {
        this.door = door;
        this.metrics = metrics;
        this.version = version;
    }

    /** {@code GET /}: where clients of Neo4j's HTTP interfaces find the Query API. */
    void discover(Context context) throws IOException {
        String base = context.scheme() + "://" + context.host();
        json(context).write(200, json -> {
            json.writeStartObject();
            json.writeStringField("query", base + "/db/{databaseName}/query/v2");
            json.writeStringField("neo4j_version", "5.26.0");
            json.writeStringField("neo4j_edition", "community");
            json.writeStringField("spangraph_version", version);
            json.writeStringField("submit_cypher", base + "/submitCypher");
            json.writeEndObject();
        });
    }

    /** {@code GET /healthz}: the process serves requests. */
    void health(Context context) throws IOException {
        status(context, 200, "ok");
    }

    /** {@code GET /readyz}: the graph is open and queries are answered. */
    void readiness(Context context) throws IOException {
        boolean ready = door.service().isReady();
        status(context, ready ? 200 : SERVICE_UNAVAILABLE, ready ? "ready" : "starting");
    }

    private static void status(Context context, int status, String text) throws IOException {
        json(context).write(status, json -> {
            json.writeStartObject();
            json.writeStringField("status", text);
            json.writeEndObject();
        });
    }

    /** {@code GET /metrics}: they count all tenants' queries, so they are for operators that see all tenants. */
    void metrics(Context context) {
        Principal principal = door.principal(context);
        if (!principal.isOperator() || principal.tenant().isPresent()) {
            throw QueryException.of(
                            QueryErrorCode.FORBIDDEN, "Metrics are forbidden to user '" + principal.name() + "'.")
                    .withHint("Use a user with the role 'operator' and tenant '*'.");
        }
        context.contentType(PROMETHEUS_TEXT).result(metrics.scrape());
    }

    /** {@code GET /v1/queries}. */
    void list(Context context) throws IOException {
        Principal principal = door.principal(context);
        json(context).write(200, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("queries");
            for (QueryInfo query : door.service().list(principal)) {
                write(json, query);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, QueryInfo query) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", query.id());
        json.writeStringField("door", query.door().label());
        json.writeStringField("user", query.user());
        if (query.tenant().isPresent()) {
            json.writeStringField("tenant", query.tenant().get());
        }
        json.writeStringField("query", query.text());
        json.writeStringField("started", query.started().toString());
        json.writeNumberField("ms", query.millis());
        json.writeNumberField("rows", query.rows());
        json.writeBooleanField("cancelled", query.cancelled());
        json.writeEndObject();
    }

    /** {@code DELETE /v1/queries/{id}}. */
    void kill(Context context) throws IOException {
        Principal principal = door.principal(context);
        String id = context.pathParam("id");
        if (!door.service().kill(id, principal)) {
            throw QueryException.of(QueryErrorCode.QUERY_NOT_FOUND, "There is no running query '" + id + "'.")
                    .withHint("GET /v1/queries lists the running queries.");
        }
        json(context).write(200, json -> {
            json.writeStartObject();
            json.writeStringField("id", id);
            json.writeBooleanField("cancelled", true);
            json.writeEndObject();
        });
    }

    private static JsonResponse json(Context context) {
        return new JsonResponse(context.res(), ErrorForm.DIRECT, JsonBody.JSON);
    }
}
