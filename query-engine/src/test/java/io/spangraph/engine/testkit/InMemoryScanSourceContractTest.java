package io.spangraph.engine.testkit;

import io.spangraph.engine.reference.ReferenceTable;
import io.spangraph.engine.spi.ScanSource;
import io.spangraph.engine.spi.ScanSourceContract;
import java.util.List;

class InMemoryScanSourceContractTest extends ScanSourceContract {
    @Override
    protected ScanSource source(List<ReferenceTable> tables) {
        return new InMemoryScanSource(tables);
    }
}
