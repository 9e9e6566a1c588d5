package io.spangraph.engine.procedure;

import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.Principal.Role;
import io.spangraph.engine.procedure.Procedure.Column;
import io.spangraph.engine.procedure.ServerFacts.UserFact;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Users and roles. Who asks sees itself; an operator sees all users, or those of its tenant when it is bound to one. Of
 * nobody there is a password, a hash or a token to see.
 */
final class People {
    private People() {}

    /** The columns that a user has. */
    static List<Column> columns() {
        return List.of(
                Column.of("user", ValueType.STRING, "The name."),
                Column.of("roles", ValueType.STRINGS, "The roles."),
                Column.of("passwordChangeRequired", ValueType.BOOLEAN, "Always false."),
                Column.of("suspended", ValueType.BOOLEAN, "Always false."),
                Column.of("home", ValueType.STRING, "The graph."));
    }

    static Stream<List<Value>> current(ProcedureContext context) {
        return Stream.of(row(context.principal().name(), roles(context.principal()), context));
    }

    static Stream<List<Value>> visible(ProcedureContext context) {
        return users(context).stream().map(user -> row(user.name(), Facts.texts(new TreeSet<>(user.roles())), context));
    }

    private static List<Value> row(String name, Value roles, ProcedureContext context) {
        return List.of(
                Value.of(name),
                roles,
                Value.FALSE,
                Value.FALSE,
                Value.of(context.schema().name()));
    }

    static Value roles(Principal principal) {
        return Facts.texts(names(principal.roles()));
    }

    private static Set<String> names(Collection<Role> roles) {
        return roles.stream()
                .map(role -> role.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<UserFact> users(ProcedureContext context) {
        Principal asking = context.principal();
        List<UserFact> found = new ArrayList<>(context.server().users().get().stream()
                .filter(user -> isVisible(user, asking))
                .toList());
        if (found.stream().noneMatch(user -> user.name().equals(asking.name()))) {
            found.add(new UserFact(asking.name(), asking.tenant(), names(asking.roles())));
        }
        found.sort(Comparator.comparing(UserFact::name));
        return found;
    }

    private static boolean isVisible(UserFact user, Principal asking) {
        boolean inView = asking.tenant().isEmpty() || asking.tenant().equals(user.tenant());
        return user.name().equals(asking.name()) || (asking.isOperator() && inView);
    }

    /** All roles that there are. */
    static Stream<List<Value>> roles() {
        return names(Arrays.asList(Role.values())).stream().map(role -> List.of(Value.of(role)));
    }

    /** Each role with each of its members. */
    static Stream<List<Value>> members(ProcedureContext context) {
        List<UserFact> users = users(context);
        return names(Arrays.asList(Role.values())).stream()
                .flatMap(role -> users.stream()
                        .filter(user -> user.roles().contains(role))
                        .map(user -> List.of(Value.of(role), Value.of(user.name()))));
    }
}
