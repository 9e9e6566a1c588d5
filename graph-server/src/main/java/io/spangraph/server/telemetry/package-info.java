/** What the server tells its operators: metrics. */
@NullMarked
package io.spangraph.server.telemetry;

import org.jspecify.annotations.NullMarked;
