/** Expressions of a plan, their functions and their evaluation. Never names a plan: subqueries are plan nodes. */
@NullMarked
package io.spangraph.engine.expr;

import org.jspecify.annotations.NullMarked;
