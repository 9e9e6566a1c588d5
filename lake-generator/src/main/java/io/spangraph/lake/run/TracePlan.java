package io.spangraph.lake.run;

import java.util.Optional;

/**
 * What is decided about a trace before anything happens in it. It is drawn from the trace's own seed, so it need not be
 * stored: a lake of any size is planned in a few bytes a trace.
 *
 * @param index position in the plan of the lake
 * @param seed where the steps of the trace are drawn from
 * @param tenantRank position of the tenant in the settings
 * @param rows rows of the span table
 * @param earliestStartMs start, unless the run would then end after the lake's last moment
 * @param recent whether it lies in the last days of the lake
 * @param contextTokens prompt size of the first model call
 * @param largest whether this is the one great trace of the lake
 */
public record TracePlan(
        int index,
        long seed,
        String traceId,
        int tenantRank,
        String tenant,
        Agent agent,
        Optional<String> sessionKey,
        Category category,
        ErrorStory story,
        Damage damage,
        int rows,
        long earliestStartMs,
        boolean recent,
        boolean crossesMidnight,
        boolean cachesPrompts,
        long contextTokens,
        boolean largest) {}
