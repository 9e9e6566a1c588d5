package io.spangraph.engine.physical;

import io.spangraph.engine.physical.PhysicalPlan.TableScan;
import io.spangraph.engine.spi.MetadataQuestion;

/**
 * A scan below an aggregate and what its files are asked, before any of them is read.
 *
 * @param question a fact for each aggregate, in their order
 */
public record AskedScan(TableScan scan, MetadataQuestion question) {}
