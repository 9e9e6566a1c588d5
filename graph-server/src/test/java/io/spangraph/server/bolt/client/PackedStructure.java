package io.spangraph.server.bolt.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A structure with plain Java objects as fields. */
public record PackedStructure(int tag, List<@Nullable Object> fields) {
    public PackedStructure {
        fields = Collections.unmodifiableList(new ArrayList<>(fields));
    }

    public static PackedStructure of(int tag, @Nullable Object... fields) {
        return new PackedStructure(tag, Arrays.asList(fields));
    }
}
