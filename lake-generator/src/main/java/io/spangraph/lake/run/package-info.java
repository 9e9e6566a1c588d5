/**
 * Invents agent runs: which traces a lake holds, what happens in each, and what the steps said. Knows nothing of
 * Iceberg, so a run can be rebuilt from the seed without reading a table.
 */
@NullMarked
package io.spangraph.lake.run;

import org.jspecify.annotations.NullMarked;
