package io.spangraph.engine.expr;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.model.schema.ElementIdCodec;
import io.spangraph.model.schema.GraphSchema;

/** What a function may know besides its arguments: element ids depend on the schema and on who asks. */
public record FunctionContext(GraphSchema schema, QueryContext query, ElementIdCodec elementIds) {
    public FunctionContext(GraphSchema schema, QueryContext query) {
        this(schema, query, new ElementIdCodec(schema, query.principal().tenant()));
    }
}
