package io.spangraph.engine.spi;

/**
 * How the rows of one data file belong together, made of values of its columns alone: it holds for as long as the file
 * does, whoever asks. Immutable.
 */
public interface FileLinks {
    /** What it weighs, roughly. */
    long heapBytes();
}
