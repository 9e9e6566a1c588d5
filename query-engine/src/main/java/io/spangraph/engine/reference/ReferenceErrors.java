package io.spangraph.engine.reference;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Values;
import java.util.Optional;
import java.util.Set;

/** The errors that an evaluation can end with, and the checks that find them. */
final class ReferenceErrors {
    private ReferenceErrors() {}

    static QueryException typeError(String expected, Value found) {
        return QueryException.of(
                QueryErrorCode.TYPE_ERROR, "Expected " + expected + " but got " + Values.typeName(found) + ".");
    }

    /** Null for null, an error for everything else. */
    static Value requireNull(Value value, String expected) {
        if (value.isNull()) {
            return Value.NULL;
        }
        throw typeError(expected, value);
    }

    /**
     * True if the type has the property. A plan that asks for a property which its scan does not read is wrong, and that
     * must not pass for a null.
     */
    static boolean requireRead(Set<String> mapped, Optional<Set<String>> read, String name) {
        if (!mapped.contains(name)) {
            return false;
        }
        if (read.isPresent() && !read.get().contains(name)) {
            throw new IllegalStateException("property " + name + " is asked for and was not read");
        }
        return true;
    }
}
