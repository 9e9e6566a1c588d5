/** Settings of the server: one YAML file, the environment and flags, read into typed records or refused with every problem at once. */
@NullMarked
package io.spangraph.server.config;

import org.jspecify.annotations.NullMarked;
