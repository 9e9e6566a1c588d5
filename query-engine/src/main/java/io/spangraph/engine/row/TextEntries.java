package io.spangraph.engine.row;

import io.spangraph.model.value.Value;
import java.util.List;

/**
 * The entries of a dictionary whose texts lie as UTF-8 in one array. Who hashes or copies the texts need not have an object
 * made of each entry.
 */
public interface TextEntries extends List<Value> {
    /** The bytes of all entries, one after the other. Not to be changed. */
    byte[] utf8();

    /** Where each entry begins in the bytes; one more than there are entries. Not to be changed. */
    int[] offsets();
}
