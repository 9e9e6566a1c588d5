package io.spangraph.iceberg.parquet;

/** What decoding took, counted by the one thread that decodes; the basis of what PROFILE shows. */
public final class DecodeCounts {
    private long pagesRead;
    private long pagesSkipped;
    private long dictionariesRead;

    void pageRead() {
        pagesRead++;
    }

    void pagesSkipped(long pages) {
        pagesSkipped += pages;
    }

    void dictionaryRead() {
        dictionariesRead++;
    }

    /** Data pages that were decompressed. */
    public long pagesRead() {
        return pagesRead;
    }

    /** Data pages that were passed over without being decompressed. */
    public long pagesSkipped() {
        return pagesSkipped;
    }

    public long dictionariesRead() {
        return dictionariesRead;
    }
}
