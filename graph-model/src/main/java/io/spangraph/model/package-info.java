/**
 * The graph schema, identities and values that every other module shares.
 */
@NullMarked
package io.spangraph.model;

import org.jspecify.annotations.NullMarked;
