package io.spangraph.server.bolt.session;

import io.spangraph.server.config.ServerConfiguration.UnknownNames;

/**
 * What conversations depend on besides the queries' own limits.
 *
 * @param agent the server's name for clients
 * @param unknownNames what happens to queries that name what the graph does not have
 * @param connectionResults {@code limits.connection-results}
 */
public record SessionSettings(String agent, UnknownNames unknownNames, int connectionResults) {}
