/** What all modules share: values, the graph schema and table descriptions. Depends on nothing that reads data. */
@NullMarked
package io.spangraph.model;

import org.jspecify.annotations.NullMarked;
