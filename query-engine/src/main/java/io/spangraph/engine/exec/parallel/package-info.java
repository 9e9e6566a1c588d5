/** Reading one scan with several threads: copies of the operators above it, and what puts their rows together again. */
@NullMarked
package io.spangraph.engine.exec.parallel;

import org.jspecify.annotations.NullMarked;
