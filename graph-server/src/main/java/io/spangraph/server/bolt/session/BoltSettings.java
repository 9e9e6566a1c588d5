package io.spangraph.server.bolt.session;

import io.spangraph.server.config.ServerConfiguration.UnknownNames;

/**
 * What conversations depend on besides the queries' own limits.
 *
 * @param agent the server's name for clients
 * @param address of the Bolt door, for routing clients that do not say how they have found it
 * @param unknownNames what happens to queries that name what the graph does not have
 * @param connectionResults {@code limits.connection-results}
 */
public record BoltSettings(String agent, String address, UnknownNames unknownNames, int connectionResults) {
    BoltSettings withAddress(String known) {
        return new BoltSettings(agent, known, unknownNames, connectionResults);
    }
}
