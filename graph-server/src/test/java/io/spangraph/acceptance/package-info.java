/** The questions that users ask first, over a real demo lake and a real server, compared with DuckDB on the same files. */
@NullMarked
package io.spangraph.acceptance;

import org.jspecify.annotations.NullMarked;
