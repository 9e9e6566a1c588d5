/** The syntax of a query as records of our own, so that nothing behind the parser knows the grammar. */
@NullMarked
package io.spangraph.cypher.ast;

import org.jspecify.annotations.NullMarked;
