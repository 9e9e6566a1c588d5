package io.spangraph.cypher.bind;

/** What happens when a query names a label, relationship type or property that the schema does not have. */
public enum UnknownNames {
    /** The query fails: whoever wrote it gets to know at once. */
    ERROR,
    /** The query runs, as in Neo4j, with a notification: the label matches nothing, the property is null. */
    WARN
}
