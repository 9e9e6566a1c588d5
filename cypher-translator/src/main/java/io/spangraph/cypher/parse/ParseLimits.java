package io.spangraph.cypher.parse;

/**
 * What a query text may be. A deep text overflows the stack of whoever parses or plans it, so that depth is bounded
 * before anything walks it.
 *
 * @param queryLength {@code limits.query-length}: characters of the text
 * @param nesting how deep brackets and CASE may nest
 * @param depth how deep operators of one expression may nest, as in {@code 1 + 1 + 1 + ...}, and how many names a
 *     label expression may have
 * @param clauses how many clauses a query may have
 * @param relationships how many relationships the patterns of a query may have together
 * @param items how many items a WITH or RETURN may have, how many keys an ORDER BY, how many patterns a MATCH
 */
public record ParseLimits(int queryLength, int nesting, int depth, int clauses, int relationships, int items) {
    public static final ParseLimits DEFAULT = new ParseLimits(1 << 20, 64, 300, 200, 100, 1000);

    public ParseLimits {
        if (queryLength < 1 || nesting < 1 || depth < 1 || clauses < 1 || relationships < 1 || items < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    public ParseLimits withQueryLength(int characters) {
        return new ParseLimits(characters, nesting, depth, clauses, relationships, items);
    }
}
