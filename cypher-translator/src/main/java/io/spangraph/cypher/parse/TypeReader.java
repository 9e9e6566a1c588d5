package io.spangraph.cypher.parse;

import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.cypher.shaded.antlr.Token;
import io.spangraph.cypher.shaded.antlr.tree.ParseTree;
import io.spangraph.cypher.shaded.antlr.tree.TerminalNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.TypeContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.TypeListSuffixContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.TypeNameContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.TypePartContext;

/** Reads types, which have several spellings each, in the one that {@code valueType()} gives. */
final class TypeReader {
    private final SourceText source;

    TypeReader(SourceText source) {
        this.source = source;
    }

    String type(TypeContext context) {
        return context.typePart().stream().map(this::part).collect(Collectors.joining(" | "));
    }

    private String part(TypePartContext context) {
        String type = name(context.typeName()) + (context.typeNullability() == null ? "" : " NOT NULL");
        for (TypeListSuffixContext suffix : context.typeListSuffix()) {
            type = "LIST<" + type + ">" + (suffix.typeNullability() == null ? "" : " NOT NULL");
        }
        return type;
    }

    private String name(TypeNameContext context) {
        if (context.type() != null) {
            boolean list = context.LIST() != null || context.ARRAY() != null;
            return list ? "LIST<" + type(context.type()) + ">" : type(context.type());
        }
        List<String> words = new ArrayList<>();
        for (ParseTree child : context.children) {
            if (child instanceof TerminalNode word) {
                words.add(word.getText().toUpperCase(Locale.ROOT));
            }
        }
        String written = String.join(" ", words);
        return switch (written) {
            case "BOOL" -> "BOOLEAN";
            case "VARCHAR" -> "STRING";
            case "INT", "INT64", "INTEGER64", "SIGNED INTEGER" -> "INTEGER";
            case "FLOAT64" -> "FLOAT";
            case "VERTEX", "ANY NODE", "ANY VERTEX" -> "NODE";
            case "EDGE", "ANY RELATIONSHIP", "ANY EDGE" -> "RELATIONSHIP";
            case "ANY MAP" -> "MAP";
            case "PATHS" -> "PATH";
            case "ANY PROPERTY VALUE" -> "PROPERTY VALUE";
            case "ANY VALUE" -> "ANY";
            case "TIME WITH TIMEZONE", "TIME WITH TIME ZONE" -> "ZONED TIME";
            case "TIME WITHOUT TIMEZONE", "TIME WITHOUT TIME ZONE" -> "LOCAL TIME";
            case "TIMESTAMP WITH TIMEZONE", "TIMESTAMP WITH TIME ZONE" -> "ZONED DATETIME";
            case "TIMESTAMP WITHOUT TIMEZONE", "TIMESTAMP WITHOUT TIME ZONE" -> "LOCAL DATETIME";
            case "POINT", "UUID", "VECTOR" -> throw unsupported(written, context.getStart());
            default -> written;
        };
    }

    private RuntimeException unsupported(String type, Token at) {
        return CypherErrors.unsupported("The type " + type, false, source.position(at));
    }
}
