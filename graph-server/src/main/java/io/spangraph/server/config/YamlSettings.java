package io.spangraph.server.config;

import io.spangraph.model.DidYouMean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Takes the settings out of the file's YAML, with the line of each, and collects what does not belong there. Works on
 * nodes rather than on Java objects, because only nodes know their lines.
 */
final class YamlSettings {
    private static final String USERS = "users";
    private static final Set<String> USER_KEYS = new LinkedHashSet<>(
            List.of("name", "password-hash", "password-hash-file", "tenant", "access", "roles", "scan-bytes"));

    private final String fileName;
    private final List<ConfigurationProblem> problems;
    private final Map<Setting, Located> settings = new EnumMap<>(Setting.class);
    private final List<RawUser> users = new ArrayList<>();

    /** A text and the place where it was written. */
    record Located(String text, String where) {}

    /** A user as written: scalars by key, and the roles. */
    record RawUser(String where, Map<String, Located> values, Optional<List<Located>> roles) {}

    private YamlSettings(String fileName, List<ConfigurationProblem> problems) {
        this.fileName = fileName;
        this.problems = problems;
    }

    static YamlSettings read(String fileName, String text, List<ConfigurationProblem> problems) {
        YamlSettings result = new YamlSettings(fileName, problems);
        result.compose(text, result::readRoot);
        return result;
    }

    /** A file that holds users and nothing else. */
    static YamlSettings readUsers(String fileName, String text, List<ConfigurationProblem> problems) {
        YamlSettings result = new YamlSettings(fileName, problems);
        result.compose(text, result::readUsersRoot);
        return result;
    }

    private void compose(String text, Consumer<Node> reader) {
        LoadSettings how = LoadSettings.builder()
                .setLabel(fileName)
                .setMaxAliasesForCollections(10)
                .build();
        try {
            new Compose(how).composeString(text).ifPresent(reader);
        } catch (MarkedYamlEngineException e) {
            String where = e.getProblemMark()
                    .or(e::getContextMark)
                    .map(mark -> fileName + " line " + (mark.getLine() + 1))
                    .orElse(fileName);
            problems.add(new ConfigurationProblem(where, "not valid YAML: " + e.getProblem()));
        } catch (YamlEngineException e) {
            problems.add(new ConfigurationProblem(fileName, "not valid YAML: " + e.getMessage()));
        }
    }

    private void readUsersRoot(Node root) {
        if (root instanceof MappingNode mapping) {
            entries(mapping, "").forEach((key, value) -> {
                if (key.text().equals(USERS)) {
                    readUsers(value);
                } else {
                    problems.add(new ConfigurationProblem(
                            key.where(),
                            "Unknown key '" + key.text() + "'." + DidYouMean.hint(key.text(), List.of(USERS))));
                }
            });
        } else if (!isNull(root)) {
            problem(root, "expected 'users:', found " + describe(root));
        }
    }

    Map<Setting, Located> settings() {
        return settings;
    }

    List<RawUser> users() {
        return users;
    }

    private void readRoot(Node root) {
        if (root instanceof MappingNode mapping) {
            readGroup("", mapping);
        } else if (!isNull(root)) {
            problem(root, "expected settings such as 'server:' or 'limits:', found " + describe(root));
        }
    }

    private void readGroup(String prefix, MappingNode group) {
        entries(group, prefix).forEach((key, value) -> {
            String path = prefix.isEmpty() ? key.text() : prefix + "." + key.text();
            Optional<Setting> setting = Setting.byPath(path);
            if (setting.isPresent()) {
                scalar(path, value).ifPresent(text -> settings.put(setting.get(), text));
            } else if (path.equals(USERS)) {
                readUsers(value);
            } else if (!Setting.isGroup(path)) {
                problems.add(new ConfigurationProblem(
                        key.where(), "Unknown setting '" + path + "'." + DidYouMean.hint(key.text(), known(prefix))));
            } else if (value instanceof MappingNode inner) {
                readGroup(path, inner);
            } else if (!isNull(value)) {
                problem(value, "'" + path + "' holds further settings, found " + describe(value));
            }
        });
    }

    /** The keys that may stand at one level of the file. */
    private static Set<String> known(String prefix) {
        Set<String> keys = new LinkedHashSet<>();
        String start = prefix.isEmpty() ? "" : prefix + ".";
        Arrays.stream(Setting.values())
                .map(Setting::path)
                .filter(path -> path.startsWith(start))
                .map(path -> path.substring(start.length()).split("\\.", 2)[0])
                .forEach(keys::add);
        if (prefix.isEmpty()) {
            keys.add(USERS);
        }
        return keys;
    }

    private void readUsers(Node value) {
        if (isNull(value)) {
            return;
        }
        if (!(value instanceof SequenceNode list)) {
            problem(value, "'users' is a list of users, found " + describe(value));
            return;
        }
        for (Node entry : list.getValue()) {
            if (entry instanceof MappingNode mapping) {
                users.add(readUser(mapping));
            } else {
                problem(entry, "a user has a name, a password-hash, a tenant and roles, found " + describe(entry));
            }
        }
    }

    private RawUser readUser(MappingNode mapping) {
        Map<String, Located> values = new HashMap<>();
        Optional<List<Located>> roles = Optional.empty();
        for (Map.Entry<Located, Node> entry : entries(mapping, "user").entrySet()) {
            String key = entry.getKey().text();
            if (!USER_KEYS.contains(key)) {
                problems.add(new ConfigurationProblem(
                        entry.getKey().where(),
                        "Unknown key '" + key + "' of a user." + DidYouMean.hint(key, USER_KEYS)));
            } else if (key.equals("roles")) {
                roles = Optional.of(roles(entry.getValue()));
            } else {
                scalar(key, entry.getValue()).ifPresent(text -> values.put(key, text));
            }
        }
        return new RawUser(where(mapping), values, roles);
    }

    private List<Located> roles(Node value) {
        List<Node> entries = value instanceof SequenceNode list ? list.getValue() : List.of(value);
        return entries.stream()
                .flatMap(entry -> scalar("roles", entry).stream())
                .toList();
    }

    /** The entries in their order; a key that stands twice is a problem, and its first value counts. */
    private Map<Located, Node> entries(MappingNode mapping, String place) {
        Map<Located, Node> entries = new java.util.LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Node key = tuple.getKeyNode();
            if (!(key instanceof ScalarNode scalar)) {
                problem(key, "expected the name of a setting, found " + describe(key));
            } else if (!seen.add(scalar.getValue())) {
                String inside = place.isEmpty() ? "" : " in '" + place + "'";
                problem(key, "'" + scalar.getValue() + "' stands twice" + inside + ".");
            } else {
                entries.put(new Located(scalar.getValue(), where(key)), tuple.getValueNode());
            }
        }
        return entries;
    }

    private Optional<Located> scalar(String name, Node value) {
        if (value instanceof ScalarNode scalar && !isNull(value)) {
            return Optional.of(new Located(scalar.getValue(), where(value)));
        }
        problem(value, "'" + name + "' needs a value, found " + describe(value));
        return Optional.empty();
    }

    private void problem(Node node, String message) {
        problems.add(new ConfigurationProblem(where(node), message));
    }

    private String where(Node node) {
        return node.getStartMark()
                .map(mark -> fileName + " line " + (mark.getLine() + 1))
                .orElse(fileName);
    }

    private static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static String describe(Node node) {
        return switch (node.getNodeType()) {
            case MAPPING -> "a map";
            case SEQUENCE -> "a list";
            case SCALAR -> isNull(node) ? "nothing" : "'" + ((ScalarNode) node).getValue() + "'";
            case ANCHOR -> "an alias";
        };
    }
}
