package io.spangraph.engine.spi;

import io.spangraph.model.value.Value;
import java.util.List;

/**
 * What metadata tell exactly, and the scan of what they do not.
 *
 * @param values one for each fact, of each answered file; combined they are the facts of all answered files
 * @param rest the scan without the answered files
 */
public record MetadataAnswer(List<List<Value>> values, ScanPlan rest) {
    public MetadataAnswer {
        values = List.copyOf(values);
    }

    /** How many files need not be read. */
    public int files() {
        return values.size();
    }
}
