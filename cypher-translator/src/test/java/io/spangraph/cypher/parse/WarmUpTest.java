package io.spangraph.cypher.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WarmUpTest {
    @Test
    void parsesEveryQueryOfItsList() {
        assertThat(WarmUp.run()).isGreaterThan(100).isEqualTo(WarmUp.queries().size());
    }

    @Test
    void listsNoQueryTwice() {
        assertThat(WarmUp.queries()).doesNotHaveDuplicates();
    }
}
