/** The HTTP door: PuppyGraph's /submitCypher, the Neo4j Query API, health, metrics and the list of running queries. */
@NullMarked
package io.spangraph.server.http;

import org.jspecify.annotations.NullMarked;
