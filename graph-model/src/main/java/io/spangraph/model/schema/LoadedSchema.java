package io.spangraph.model.schema;

import java.util.ArrayList;
import java.util.List;

/**
 * What a mapping file says and what is wrong with it. The schema holds the parts without problems, so that they can be
 * checked against the tables in the same go; a graph is served only when there are no problems at all.
 *
 * @param file as messages name it
 * @param problems in the order of the file
 */
public record LoadedSchema(String file, GraphSchema schema, List<SchemaProblem> problems) {
    public LoadedSchema {
        problems = problems.stream().sorted().distinct().toList();
    }

    /** The same with further problems, such as those that a comparison with the tables finds. */
    public LoadedSchema with(List<SchemaProblem> further) {
        List<SchemaProblem> all = new ArrayList<>(problems);
        all.addAll(further);
        return new LoadedSchema(file, schema, all);
    }

    /**
     * The schema.
     *
     * @throws SchemaException with all problems, when there are any
     */
    public GraphSchema orThrow() {
        if (!problems.isEmpty()) {
            throw new SchemaException(file, problems);
        }
        return schema;
    }
}
