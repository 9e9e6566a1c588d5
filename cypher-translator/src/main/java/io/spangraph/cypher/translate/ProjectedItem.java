package io.spangraph.cypher.translate;

import io.spangraph.cypher.ast.AstExpression;
import io.spangraph.cypher.ast.Place;

/** An item of WITH or RETURN once {@code *} is written out. */
record ProjectedItem(AstExpression expression, String name, Place place) {}
