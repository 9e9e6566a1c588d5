/** The rules, one class each; DefaultRules holds their order. */
@NullMarked
package io.spangraph.engine.optimize.rule;

import org.jspecify.annotations.NullMarked;
