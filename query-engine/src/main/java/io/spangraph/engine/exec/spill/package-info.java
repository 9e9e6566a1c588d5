/** Rows put aside on disk: files of row batches in a compact form, and rows split into such files by their keys. */
@NullMarked
package io.spangraph.engine.exec.spill;

import org.jspecify.annotations.NullMarked;
