/** Cypher text to syntax records: limits, prefixes, the grammar, and syntax errors in words for people. */
@NullMarked
package io.spangraph.cypher.parse;

import org.jspecify.annotations.NullMarked;
