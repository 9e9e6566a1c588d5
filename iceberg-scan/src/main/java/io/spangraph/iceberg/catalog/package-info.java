/**
 * Opens Iceberg catalogs and the storage below them.
 */
@NullMarked
package io.spangraph.iceberg.catalog;

import org.jspecify.annotations.NullMarked;
