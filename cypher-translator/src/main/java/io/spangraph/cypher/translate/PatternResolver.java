package io.spangraph.cypher.translate;

import io.spangraph.cypher.ast.AstExpression;
import io.spangraph.cypher.ast.AstExpression.Entry;
import io.spangraph.cypher.ast.AstPattern;
import io.spangraph.cypher.ast.AstPattern.Hop;
import io.spangraph.cypher.ast.AstPattern.NodePattern;
import io.spangraph.cypher.ast.AstPattern.RelationshipPattern;
import io.spangraph.cypher.ast.AstPattern.Selector;
import io.spangraph.cypher.ast.AstWalk;
import io.spangraph.cypher.bind.Candidates;
import io.spangraph.cypher.bind.ExpressionBinder;
import io.spangraph.cypher.bind.PathPart;
import io.spangraph.cypher.bind.SchemaNames;
import io.spangraph.cypher.bind.Scope;
import io.spangraph.cypher.bind.Substitution;
import io.spangraph.cypher.bind.Variables;
import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.cypher.translate.PlannedPattern.PlannedHop;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.Compare;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.expr.Expression.Property;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.expr.Variable.Kind;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Resolves the patterns of one MATCH to variables and conditions: after this, no pattern is sugar any more. */
final class PatternResolver {
    private final PatternNames names;
    private final Variables variables;
    private final SchemaNames schema;
    private final PathUses uses;
    private final List<PlannedPath> paths = new ArrayList<>();
    private final List<Unbound> unbound = new ArrayList<>();
    private final List<Expression> conditions = new ArrayList<>();

    /** Conditions of a pattern element, which wait until all names of the MATCH are known. */
    private record Unbound(
            Variable variable,
            Optional<Candidates> candidates,
            List<Entry> properties,
            Optional<AstExpression> where,
            List<Expression> target) {}

    PatternResolver(Scope before, Variables variables, SchemaNames schema, PathUses uses) {
        this.uses = uses;
        this.names = new PatternNames(before, variables, schema);
        this.variables = variables;
        this.schema = schema;
    }

    PatternNames names() {
        return names;
    }

    /** What the patterns demand besides their shape; complete once all patterns are resolved. */
    List<Expression> conditions() {
        List<Expression> all = new ArrayList<>(names.conditions());
        all.addAll(conditions);
        return all;
    }

    /** Resolves the patterns; queries in their conditions are lifted over the rows of all of them. */
    List<PlannedPattern> resolve(List<AstPattern> patterns, LiftedRows lifted) {
        List<HalfPlanned> halves = patterns.stream().map(this::declare).toList();
        ExpressionBinder ofRows = new ExpressionBinder(names.scope(), schema, variables, Substitution.none(), lifted);
        ExpressionBinder ofWalks = new ExpressionBinder(names.scope(), schema, variables);
        unbound.forEach(element -> bind(element, element.target() == conditions ? ofRows : ofWalks));
        List<PlannedPattern> planned = new ArrayList<>();
        for (HalfPlanned half : halves) {
            PlannedPattern pattern = half.finish();
            planned.add(pattern);
            if (!half.pathParts().isEmpty()) {
                paths.add(new PlannedPath(pattern, half.pathParts()));
            }
        }
        return planned;
    }

    /** The named paths; complete once all patterns are resolved. */
    List<PlannedPath> paths() {
        return paths;
    }

    /** A pattern whose conditions on walked relationships are not bound yet. */
    private record HalfPlanned(
            Selector selector,
            List<Variable> nodes,
            List<PlannedHop> hops,
            List<List<Expression>> walkConditions,
            Map<PathPart, Variable> pathParts) {
        PlannedPattern finish() {
            List<PlannedHop> finished = new ArrayList<>();
            for (int i = 0; i < hops.size(); i++) {
                finished.add(hops.get(i).withConditions(walkConditions.get(i)));
            }
            return new PlannedPattern(selector, nodes, finished);
        }
    }

    private HalfPlanned declare(AstPattern pattern) {
        Set<PathPart> asked = pattern.path().map(path -> uses.of(path.name())).orElse(Set.of());
        List<Variable> nodes = new ArrayList<>(List.of(node(pattern.first())));
        List<PlannedHop> hops = new ArrayList<>();
        List<List<Expression>> walkConditions = new ArrayList<>();
        for (Hop hop : pattern.hops()) {
            List<Expression> ofWalk = new ArrayList<>();
            hops.add(relationship(hop.relationship(), ofWalk, asked));
            walkConditions.add(ofWalk);
            nodes.add(node(hop.node()));
        }
        Map<PathPart, Variable> parts =
                pattern.path().map(path -> names.path(path, asked)).orElse(Map.of());
        return new HalfPlanned(pattern.selector(), nodes, hops, walkConditions, parts);
    }

    private Variable node(NodePattern pattern) {
        Variable variable = names.node(pattern);
        unbound.add(
                new Unbound(variable, names.candidates(variable), pattern.properties(), pattern.where(), conditions));
        return variable;
    }

    private PlannedHop relationship(RelationshipPattern pattern, List<Expression> ofWalk, Set<PathPart> asked) {
        Optional<Set<String>> types =
                pattern.types().map(schema::relationshipTypes).or(() -> names.boundTypes(pattern));
        if (types.isPresent() && types.get().isEmpty()) {
            // No type satisfies the expression, and an empty set would mean every type.
            conditions.add(new Literal(Value.FALSE));
        }
        Optional<Candidates> candidates = types.map(schema::edgeTypes);
        Variable binding = names.relationship(pattern, candidates);
        boolean walk = pattern.length().isPresent();
        if (walk) {
            refuseInWalk(pattern);
        }
        Variable single = walk ? variables.copyOf(binding, Kind.RELATIONSHIP) : binding;
        unbound.add(new Unbound(single, candidates, pattern.properties(), pattern.where(), walk ? ofWalk : conditions));
        return new PlannedHop(
                single,
                walk ? Optional.of(binding) : Optional.empty(),
                pattern.name().isPresent() || asked.contains(PathPart.RELATIONSHIPS) || asked.contains(PathPart.WHOLE),
                walk && (asked.contains(PathPart.NODES) || asked.contains(PathPart.WHOLE))
                        ? Optional.of(variables.anonymous(Kind.VALUE))
                        : Optional.empty(),
                types.orElse(Set.of()),
                pattern.direction(),
                pattern.length(),
                List.of());
    }

    /** Each relationship of a walk is tested by itself, before there is a row with the other names. */
    private static void refuseInWalk(RelationshipPattern pattern) {
        pattern.where().ifPresent(where -> {
            throw CypherErrors.semantic(
                    "Relationship pattern predicates are not supported for variable-length relationships",
                    where.place().position());
        });
        for (Entry entry : pattern.properties()) {
            AstWalk.names(entry.value()).stream().findFirst().ifPresent(name -> {
                throw CypherErrors.unsupported(
                        "The variable `" + name.name() + "` in the properties of a variable-length relationship",
                        false,
                        name.place().position());
            });
        }
    }

    private void bind(Unbound element, ExpressionBinder binder) {
        for (Entry entry : element.properties()) {
            schema.checkProperty(
                    entry.key(), element.candidates(), entry.place().position());
            Expression value = binder.bind(entry.value()).expression();
            Expression property = new Property(new VariableRef(element.variable()), entry.key());
            element.target().add(new Compare(CompareOperator.EQUAL, property, value));
        }
        element.where().ifPresent(where -> element.target().add(binder.condition(where)));
    }
}
