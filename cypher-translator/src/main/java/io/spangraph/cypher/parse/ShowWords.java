package io.spangraph.cypher.parse;

import io.spangraph.cypher.ast.AstExpression;
import io.spangraph.cypher.ast.AstExpression.ListLiteral;
import io.spangraph.cypher.ast.AstExpression.Literal;
import io.spangraph.cypher.ast.AstExpression.Parameter;
import io.spangraph.cypher.ast.Place;
import io.spangraph.cypher.shaded.antlr.ParserRuleContext;
import io.spangraph.model.value.Value;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.CommandContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ComposableCommandClausesContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ComposableShowCommandClausesContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ExecutableByContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.NamesAndClausesContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ShowAdminCommandContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ShowCommandYieldContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ShowCommandYieldWhereContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ShowConstraintAllContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ShowConstraintCommandContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ShowConstraintExistContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ShowConstraintKeyContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ShowConstraintPropTypeContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ShowConstraintUniqueContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ShowConstraintsEndContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ShowDatabaseContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ShowFunctionsContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ShowIndexCommandContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ShowProceduresContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ShowRolesContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ShowUsersContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.StringsOrExpressionContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.SymbolicAliasNameOrParameterContext;

/** Tells SHOW commands apart by their words, and makes arguments of those that narrow what is shown. */
final class ShowWords {
    private final SourceText source;
    private final ExpressionReader expressions;

    ShowWords(SourceText source, ExpressionReader expressions) {
        this.source = source;
        this.expressions = expressions;
    }

    /** A command and what follows its words. */
    record Words(
            String command,
            List<AstExpression> arguments,
            @Nullable ShowCommandYieldWhereContext rest) {}

    /** A command that is a statement of its own. */
    record AdministrationWords(Words words, @Nullable ShowCommandYieldContext rest) {}

    Words of(ComposableCommandClausesContext context) {
        ComposableShowCommandClausesContext show = context.composableShowCommandClauses();
        if (show == null) {
            throw RefusedClauses.clause(context, source);
        }
        if (show.showDatabase() != null) {
            return databases(show.showDatabase());
        }
        if (show.showProcedures() != null) {
            ShowProceduresContext procedures = show.showProcedures();
            return new Words(
                    "SHOW PROCEDURES",
                    List.of(executableBy(procedures.executableBy(), show)),
                    procedures.showCommandYieldWhere());
        }
        if (show.showFunctions() != null) {
            return functions(show.showFunctions());
        }
        if (show.showIndexCommand() != null) {
            ShowIndexCommandContext index = show.showIndexCommand();
            return new Words(
                    "SHOW INDEXES",
                    List.of(words(index.showIndexType(), index)),
                    index.showIndexesEnd().showCommandYieldWhere());
        }
        if (show.showConstraintCommand() != null) {
            return constraints(show.showConstraintCommand());
        }
        if (show.showSettings() != null) {
            return named("SHOW SETTINGS", show.showSettings().namesAndClauses(), show);
        }
        if (show.showTransactions() != null) {
            return named("SHOW TRANSACTIONS", show.showTransactions().namesAndClauses(), show);
        }
        throw RefusedClauses.clause(context, source);
    }

    AdministrationWords of(CommandContext context) {
        ShowAdminCommandContext show = context.showAdminCommand();
        if (show != null && show.showCurrentUser() != null) {
            return new AdministrationWords(
                    new Words("SHOW CURRENT USER", List.of(), null),
                    show.showCurrentUser().showCommandYield());
        }
        if (show != null && show.showUsers() != null && show.showUsers().AUTH() == null) {
            ShowUsersContext users = show.showUsers();
            return new AdministrationWords(new Words("SHOW USERS", List.of(), null), users.showCommandYield());
        }
        if (show != null && show.showRoles() != null && show.showRoles().authRuleKeywords() == null) {
            ShowRolesContext roles = show.showRoles();
            String command = roles.WITH() == null ? "SHOW ROLES" : "SHOW ROLES WITH USERS";
            return new AdministrationWords(new Words(command, List.of(), null), roles.showCommandYield());
        }
        throw RefusedClauses.command(context, source);
    }

    private Words databases(ShowDatabaseContext context) {
        boolean graphAlone = context.DEFAULT() != null || context.HOME() != null;
        AstExpression kind = graphAlone
                ? text(context.getStart().getText().toLowerCase(Locale.ROOT), source.place(context))
                : absent(context);
        SymbolicAliasNameOrParameterContext named = context.symbolicAliasNameOrParameter();
        return new Words(
                "SHOW DATABASES",
                List.of(kind, named == null ? absent(context) : name(named)),
                context.showCommandYieldWhere());
    }

    private AstExpression name(SymbolicAliasNameOrParameterContext context) {
        Place place = source.place(context);
        if (context.parameter() != null) {
            return new Parameter(
                    Literals.name(context.parameter().parameterName().getText()), place);
        }
        return text(
                context.symbolicAliasName().symbolicNameString().stream()
                        .map(part -> Literals.name(part.getText()))
                        .collect(Collectors.joining(".")),
                place);
    }

    private Words functions(ShowFunctionsContext context) {
        boolean userDefined = context.showFunctionsType() != null
                && context.showFunctionsType().DEFINED() != null;
        return new Words(
                "SHOW FUNCTIONS",
                List.of(
                        userDefined ? text("user-defined", source.place(context)) : absent(context),
                        executableBy(context.executableBy(), context)),
                context.showCommandYieldWhere());
    }

    private Words constraints(ShowConstraintCommandContext context) {
        return switch (context) {
            case ShowConstraintAllContext all -> constraints(absent(all), all.showConstraintsEnd());
            case ShowConstraintKeyContext key -> {
                String entity = key.showConstraintEntity() == null
                        ? ""
                        : key.showConstraintEntity().getText().toUpperCase(Locale.ROOT);
                String type = entity.startsWith("REL") ? "RELATIONSHIP_KEY" : entity.isEmpty() ? "KEY" : "NODE_KEY";
                yield constraints(text(type, source.place(key)), key.showConstraintsEnd());
            }
            case ShowConstraintUniqueContext unique ->
                constraints(text("UNIQUENESS", source.place(unique)), unique.showConstraintsEnd());
            case ShowConstraintExistContext exist ->
                constraints(text("EXISTENCE", source.place(exist)), exist.showConstraintsEnd());
            case ShowConstraintPropTypeContext type ->
                constraints(text("TYPE", source.place(type)), type.showConstraintsEnd());
            default -> throw RefusedClauses.clause(context, source);
        };
    }

    private static Words constraints(AstExpression type, ShowConstraintsEndContext rest) {
        return new Words("SHOW CONSTRAINTS", List.of(type), rest.showCommandYieldWhere());
    }

    private Words named(String command, @Nullable NamesAndClausesContext context, ParserRuleContext whole) {
        if (context == null) {
            return new Words(command, List.of(absent(whole)), null);
        }
        StringsOrExpressionContext names = context.stringsOrExpression();
        return new Words(
                command, List.of(names == null ? absent(whole) : names(names)), context.showCommandYieldWhere());
    }

    private AstExpression names(StringsOrExpressionContext context) {
        Place place = source.place(context);
        if (context.expression() != null) {
            return expressions.whole(context.expression());
        }
        return new ListLiteral(
                context.stringList().stringLiteral().stream()
                        .<AstExpression>map(
                                literal -> new Literal(Literals.string(literal.getText(), place.position()), place))
                        .toList(),
                place);
    }

    private AstExpression executableBy(@Nullable ExecutableByContext context, ParserRuleContext whole) {
        return context == null || context.symbolicNameString() == null
                ? absent(whole)
                : text(Literals.name(context.symbolicNameString().getText()), source.place(context));
    }

    private AstExpression words(@Nullable ParserRuleContext context, ParserRuleContext whole) {
        return context == null
                ? absent(whole)
                : text(source.slice(context).toUpperCase(Locale.ROOT), source.place(context));
    }

    private AstExpression absent(ParserRuleContext context) {
        return new Literal(Value.NULL, source.place(context));
    }

    private static AstExpression text(String text, Place place) {
        return new Literal(Value.of(text), place);
    }
}
