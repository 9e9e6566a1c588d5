/** What tests of all modules share: tables in memory behind the scan interface, random graphs, mappings and queries. */
@NullMarked
package io.spangraph.engine.testkit;

import org.jspecify.annotations.NullMarked;
