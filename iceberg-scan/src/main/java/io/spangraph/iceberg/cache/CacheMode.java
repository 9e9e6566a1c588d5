package io.spangraph.iceberg.cache;

/** What a {@link ScanCache} keeps: an operator chooses how much heap may answer in place of storage. */
public enum CacheMode {
    /** Nothing. */
    OFF,
    /** What finds rows in a file: footers, indexes of pages, bloom filters, dictionaries, deletes. */
    METADATA,
    /** The values of columns that are read again, the rows of keys that are looked up again and links of rows, too. */
    ALL;

    boolean keeps(ScanCache.Kind kind) {
        return switch (this) {
            case OFF -> false;
            case METADATA ->
                switch (kind) {
                    case FOOTER, PAGE_INDEX, BLOOM, DICTIONARY, DELETES -> true;
                    case KEY_INDEX, COLUMN, PAGE, LINKS -> false;
                };
            case ALL -> true;
        };
    }
}
