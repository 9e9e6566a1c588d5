/**
 * Stores invented agent runs in Iceberg tables: their columns, their layout, their files and the catalog.
 */
@NullMarked
package io.spangraph.lake.table;

import org.jspecify.annotations.NullMarked;
