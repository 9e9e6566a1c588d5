/** Names, kinds and types: what each piece of syntax means in its scope, and errors where it means nothing. */
@NullMarked
package io.spangraph.cypher.bind;

import org.jspecify.annotations.NullMarked;
