/** The logical plan: what is asked, in labels, edges and properties, later resolved to scans. */
@NullMarked
package io.spangraph.engine.plan;

import org.jspecify.annotations.NullMarked;
