package io.spangraph.cypher.parse;

/**
 * What a query text may be, checked before the grammar sees it: a deep text overflows the stack of any parser.
 *
 * @param queryLength {@code limits.query-length}: characters of the text
 * @param nesting how deep brackets and CASE may nest
 * @param relationships how many relationships the patterns of one MATCH may have together
 */
public record ParseLimits(int queryLength, int nesting, int relationships) {
    public static final ParseLimits DEFAULT = new ParseLimits(1 << 20, 64, 64);

    public ParseLimits {
        if (queryLength < 1 || nesting < 1 || relationships < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    public ParseLimits withQueryLength(int characters) {
        return new ParseLimits(characters, nesting, relationships);
    }
}
