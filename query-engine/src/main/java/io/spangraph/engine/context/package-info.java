/** What a query runs under: who asks, its deadline, its budgets, and the errors that end it. */
@NullMarked
package io.spangraph.engine.context;

import org.jspecify.annotations.NullMarked;
