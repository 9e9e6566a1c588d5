package io.spangraph.server.auth;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Where users are looked up. May change while the server runs. */
public interface UserDirectory {

    /** The user of that name as configured now. */
    Optional<User> find(String name);

    /** All users as configured now, in their order. */
    List<User> list();

    /** Whether no users are configured at all, so that everyone is let in. Never changes while the server runs. */
    boolean isOpen();

    /** Users that stay as they are; none: everyone is let in. */
    static UserDirectory of(List<User> users) {
        List<User> fixed = List.copyOf(users);
        Map<String, User> byName =
                users.stream().collect(Collectors.toUnmodifiableMap(User::name, Function.identity()));
        return new UserDirectory() {
            @Override
            public Optional<User> find(String name) {
                return Optional.ofNullable(byName.get(name));
            }

            @Override
            public List<User> list() {
                return fixed;
            }

            @Override
            public boolean isOpen() {
                return byName.isEmpty();
            }
        };
    }
}
