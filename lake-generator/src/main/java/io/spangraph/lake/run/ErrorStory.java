package io.spangraph.lake.run;

/** What becomes of the failures in a run. */
public enum ErrorStory {
    /** Nothing fails. */
    CLEAN,
    /** Tools fail and the same tool succeeds later under the same parent. */
    RECOVERED,
    /** A step fails and so does everything above it. */
    PROPAGATED,
    /** A span is marked as failed, its trace is not: the trace row was merged before the error arrived. */
    SILENT
}
