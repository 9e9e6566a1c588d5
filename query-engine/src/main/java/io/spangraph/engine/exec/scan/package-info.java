/** Reading a source: from base columns to the columns of a variable, and the one place where the tenant pin is enforced. */
@NullMarked
package io.spangraph.engine.exec.scan;

import org.jspecify.annotations.NullMarked;
