package io.spangraph.cypher.translate;

import io.spangraph.cypher.ast.AstExpression.Name;
import io.spangraph.cypher.ast.AstLabels;
import io.spangraph.cypher.ast.AstPattern.NodePattern;
import io.spangraph.cypher.ast.AstPattern.RelationshipPattern;
import io.spangraph.cypher.bind.Binding;
import io.spangraph.cypher.bind.Candidates;
import io.spangraph.cypher.bind.PathPart;
import io.spangraph.cypher.bind.SchemaNames;
import io.spangraph.cypher.bind.Scope;
import io.spangraph.cypher.bind.StaticType;
import io.spangraph.cypher.bind.Variables;
import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.Compare;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.expr.Expression.HasLabels;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.LabelExpression;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.expr.Variable.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Resolves the names in the patterns of one MATCH: which are new, which are bound already, and what is known of them.
 * All names come first, so that conditions inside a pattern may mention any of them.
 */
final class PatternNames {
    private final Variables variables;
    private final SchemaNames schema;
    private final Set<String> declaredHere = new HashSet<>();
    private final Map<Variable, Binding> bindings = new HashMap<>();
    private final Set<Variable> declared = new LinkedHashSet<>();
    private final List<Expression> conditions = new ArrayList<>();
    private Scope scope;

    PatternNames(Scope before, Variables variables, SchemaNames schema) {
        this.scope = before;
        this.variables = variables;
        this.schema = schema;
        before.bindings().forEach(binding -> bindings.put(binding.variable(), binding));
    }

    /** All names: those from before, and those of the patterns resolved so far. */
    Scope scope() {
        return scope;
    }

    /** The variables that a row of these patterns adds. */
    Set<Variable> declared() {
        return declared;
    }

    /** Label conditions on nodes that were bound before this MATCH. */
    List<Expression> conditions() {
        return conditions;
    }

    /** What a scan of this node may be narrowed to. */
    LabelExpression labels(Variable node) {
        return Optional.ofNullable(bindings.get(node)).map(Binding::labels).orElse(new LabelExpression.Any());
    }

    Optional<Candidates> candidates(Variable variable) {
        return Optional.ofNullable(bindings.get(variable)).flatMap(Binding::candidates);
    }

    /** The variables of the parts of a path that the query asks for. */
    Map<PathPart, Variable> path(Name name, Set<PathPart> asked) {
        if (scope.find(name.name()).isPresent()) {
            throw CypherErrors.semantic(
                    "Variable `" + name.name() + "` already declared",
                    name.place().position());
        }
        declaredHere.add(name.name());
        Map<PathPart, Variable> parts = new EnumMap<>(PathPart.class);
        Variable whole = variables.named(PathPart.display(name.name()), Kind.VALUE);
        scope = scope.with(name.name(), Binding.value(whole, StaticType.PATH));
        for (PathPart part : asked) {
            String partName = part.nameOf(name.name());
            Variable variable =
                    part == PathPart.WHOLE ? whole : variables.named(PathPart.display(partName), Kind.VALUE);
            scope = scope.with(partName, Binding.value(variable, part.type()));
            parts.put(part, variable);
            declared.add(variable);
        }
        return parts;
    }

    Variable node(NodePattern pattern) {
        if (pattern.name().isEmpty()) {
            return declare(variables.anonymous(Kind.NODE), pattern.labels());
        }
        Name name = pattern.name().get();
        Optional<Binding> known = scope.find(name.name());
        if (known.isEmpty()) {
            declaredHere.add(name.name());
            return declare(variables.named(name.name(), Kind.NODE), pattern.labels());
        }
        return again(name, known.get(), pattern.labels());
    }

    private Variable declare(Variable node, Optional<AstLabels> labels) {
        return put(new Binding(
                node,
                StaticType.NODE,
                labels.map(AstLabels::expression).orElse(new LabelExpression.Any()),
                labels.map(schema::vertexTypes)));
    }

    /** A node that is named again: what this place says about its labels holds for it too. */
    private Variable again(Name name, Binding known, Optional<AstLabels> labels) {
        Variable variable = known.variable();
        if (known.type() != StaticType.NODE && known.type() != StaticType.ANY && known.type() != StaticType.NULL) {
            throw conflict(name, known.type(), "Node");
        }
        if (labels.isEmpty()) {
            return variable;
        }
        Candidates types = schema.vertexTypes(labels.get());
        if (!declaredHere.contains(name.name())) {
            conditions.add(new HasLabels(new VariableRef(variable), labels.get().expression()));
        }
        LabelExpression both = known.labels() instanceof LabelExpression.Any
                ? labels.get().expression()
                : new LabelExpression.And(known.labels(), labels.get().expression());
        Candidates narrowed = known.candidates().map(types::and).orElse(types);
        return put(new Binding(variable, known.type(), both, Optional.of(narrowed)));
    }

    private Variable put(Binding binding) {
        Variable variable = binding.variable();
        bindings.put(variable, binding);
        declared.add(variable);
        if (!variable.name().startsWith("#")) {
            scope = scope.with(variable.name(), binding);
        }
        return variable;
    }

    /** The variable of a relationship, or of a list of them for a pattern of variable length. */
    Variable relationship(RelationshipPattern pattern, Optional<Candidates> candidates) {
        boolean walk = pattern.length().isPresent();
        Kind kind = walk ? Kind.VALUE : Kind.RELATIONSHIP;
        StaticType type = walk ? StaticType.RELATIONSHIPS : StaticType.RELATIONSHIP;
        Optional<Variable> known = pattern.name().flatMap(name -> known(name, type));
        if (known.isPresent()) {
            return sameAs(
                    known.get(),
                    new Binding(
                            variables.copyOf(known.get(), kind),
                            type,
                            new LabelExpression.Any(),
                            walk ? Optional.empty() : candidates));
        }
        Variable variable = pattern.name()
                .map(name -> variables.named(name.name(), kind))
                .orElseGet(() -> variables.anonymous(kind));
        pattern.name().ifPresent(name -> declaredHere.add(name.name()));
        return put(new Binding(variable, type, new LabelExpression.Any(), walk ? Optional.empty() : candidates));
    }

    /** The types that a relationship can have because it is bound already. */
    Optional<Set<String>> boundTypes(RelationshipPattern pattern) {
        return pattern.name()
                .filter(name -> pattern.length().isEmpty())
                .flatMap(name -> scope.find(name.name()))
                .flatMap(Binding::candidates)
                .map(known -> known.propertiesByType().keySet());
    }

    /** A relationship that is bound already is matched anew, and must be the same. */
    private Variable sameAs(Variable known, Binding matched) {
        Variable variable = matched.variable();
        bindings.put(variable, matched);
        declared.add(variable);
        conditions.add(new Compare(CompareOperator.EQUAL, new VariableRef(variable), new VariableRef(known)));
        return variable;
    }

    /** What a relationship of this name was bound to before this MATCH. */
    private Optional<Variable> known(Name name, StaticType wanted) {
        Optional<Binding> known = scope.find(name.name());
        if (known.isEmpty()) {
            return Optional.empty();
        }
        StaticType type = known.get().type();
        boolean fits = type == wanted
                || type == StaticType.ANY
                || type == StaticType.NULL
                || type == StaticType.LIST && wanted == StaticType.RELATIONSHIPS;
        if (!fits) {
            throw conflict(name, type, wanted.spelling());
        }
        if (declaredHere.contains(name.name())) {
            throw CypherErrors.semantic(
                    "Cannot use the same relationship variable '" + name.name() + "' for multiple relationships",
                    name.place().position());
        }
        return known.map(Binding::variable);
    }

    private static QueryException conflict(Name name, StaticType actual, String expected) {
        return CypherErrors.semantic(
                "Type mismatch: `" + name.name() + "` defined with conflicting type " + actual.spelling()
                        + " (expected " + expected + ")",
                name.place().position());
    }
}
