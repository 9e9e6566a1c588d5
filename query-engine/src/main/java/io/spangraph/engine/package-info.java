/**
 * Plans, rules, operators and limits; neutral ground that knows no protocol, query text or storage.
 */
@NullMarked
package io.spangraph.engine;

import org.jspecify.annotations.NullMarked;
