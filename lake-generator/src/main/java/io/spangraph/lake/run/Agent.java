package io.spangraph.lake.run;

/**
 * An agent of a tenant: the id that its traces are filed under and the name it goes by in its own sessions.
 *
 * @param id unique over all tenants, because the Agent vertex is keyed by it alone
 * @param name the name in session keys and session payloads
 */
public record Agent(String id, String name) {}
