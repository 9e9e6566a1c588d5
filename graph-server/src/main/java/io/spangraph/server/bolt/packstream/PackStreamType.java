package io.spangraph.server.bolt.packstream;

/** What a value is by its first byte. */
public enum PackStreamType {
    NULL("null"),
    BOOLEAN("a boolean"),
    INTEGER("an integer"),
    FLOAT("a float"),
    BYTES("a byte array"),
    STRING("a string"),
    LIST("a list"),
    MAP("a map"),
    STRUCTURE("a structure"),
    /** From version 6.1 on. */
    UUID("a UUID");

    private final String phrase;

    PackStreamType(String phrase) {
        this.phrase = phrase;
    }

    /** As messages name it, with its article. */
    public String phrase() {
        return phrase;
    }
}
