package io.spangraph.bench.lake;

import java.util.UUID;

/**
 * What a trace is made from, a few bytes, so that all traces of a lake fit into memory and any of them can be made again
 * without reading a table.
 *
 * @param day index of the day in which it starts
 * @param tenant index of its tenant
 * @param agent index of its agent among the tenant's
 * @param seed of its spans
 * @param startMs when its first span starts
 */
public record TraceHead(int day, int tenant, int agent, UUID id, long seed, long startMs) {
    public String traceId() {
        return id.toString();
    }

    public String tenantId() {
        return Names.tenant(tenant);
    }

    public String agentId() {
        return Names.agent(tenant, agent);
    }
}
