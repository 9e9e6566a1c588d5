/**
 * The command line: the launcher and the commands of {@code bin/spangraph}.
 */
@NullMarked
package io.spangraph.server.cli;

import org.jspecify.annotations.NullMarked;
