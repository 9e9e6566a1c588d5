package io.spangraph.engine.exec.walk;

import io.spangraph.engine.exec.fixture.Vectors;
import io.spangraph.engine.exec.walk.SmallGraph.Edge;
import io.spangraph.engine.exec.walk.SmallGraph.EdgeEnd;
import io.spangraph.engine.exec.walk.SmallGraph.Trusted;
import io.spangraph.engine.exec.walk.SmallGraph.Vertex;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Predicate;

/** A random graph, the parts of it that walks may use, and the search that the operator is compared with. */
final class RandomGraph {
    private final Random random;
    final List<Vertex> vertices = new ArrayList<>();
    final List<Edge> edges = new ArrayList<>();
    final List<Vertex> starts;
    private final long forbiddenStep;
    private final long forbiddenTarget;

    RandomGraph(long seed, boolean forward, boolean backward) {
        random = new Random(seed);
        for (int row = 0; row < 6; row++) {
            vertices.add(new Vertex("A", tenant(), random.nextInt(4), row, scope()));
        }
        for (int row = 0; row < 2; row++) {
            vertices.add(new Vertex("B", tenant(), random.nextInt(3), row, scope()));
        }
        List<Edge> outgoing = new ArrayList<>();
        for (Vertex vertex : vertices.subList(0, 6)) {
            outgoing.add(new Edge(
                    "UP",
                    false,
                    vertex.tenant(),
                    vertex.row() / 2 * 2 + random.nextInt(2),
                    vertex.row(),
                    vertex.scope(),
                    new EdgeEnd("A", vertex.key(), true),
                    new EdgeEnd("A", random.nextInt(4), false)));
        }
        for (int row = 0; row < 4; row++) {
            outgoing.add(new Edge(
                    "LINK",
                    false,
                    tenant(),
                    random.nextInt(4),
                    row,
                    Value.NULL,
                    new EdgeEnd("A", random.nextInt(5), false),
                    new EdgeEnd("B", random.nextInt(4), false)));
        }
        outgoing.forEach(edge -> {
            if (forward) {
                edges.add(edge);
            }
            if (backward) {
                edges.add(edge.turned());
            }
        });
        starts = vertices.stream().filter(vertex -> random.nextInt(3) > 0).toList();
        forbiddenStep = random.nextInt(9);
        forbiddenTarget = random.nextInt(6);
    }

    private Value tenant() {
        return switch (random.nextInt(14)) {
            case 0 -> Value.NULL;
            case 1 -> Value.of("globex");
            default -> Value.of("acme");
        };
    }

    private Value scope() {
        return random.nextInt(10) == 0 ? Value.NULL : Value.of("trace" + random.nextInt(4) / 3);
    }

    boolean isStep(Vertex vertex) {
        return vertex.key() != forbiddenStep;
    }

    boolean isTarget(Vertex vertex) {
        return vertex.key() != forbiddenTarget;
    }

    List<Vertex> steps() {
        return vertices.stream().filter(this::isStep).toList();
    }

    List<Vertex> targets() {
        return vertices.stream().filter(this::isTarget).toList();
    }

    /** LINK is trusted: its far end exists even without a row. */
    List<Trusted> trusted(Predicate<Vertex> wanted) {
        List<Trusted> trusted = new ArrayList<>();
        for (Edge edge : edges) {
            boolean found = vertices.stream().anyMatch(vertex -> SmallGraph.meets(edge, edge.far(), vertex));
            Vertex standIn = new Vertex(
                    edge.far().vertexType(), edge.tenant(), edge.far().key(), -1, Value.NULL);
            if (edge.type().equals("LINK") && !found && wanted.test(standIn)) {
                trusted.add(new Trusted(edge, standIn));
            }
        }
        return trusted;
    }

    /** A walk with the names of all that is on it. */
    record Walk(Vertex start, Vertex end, List<String> edges, List<String> nodes) {
        static Walk of(Vertex start, Vertex end, List<Edge> edges, List<Vertex> nodes) {
            return new Walk(
                    start,
                    end,
                    edges.stream().map(Edge::name).toList(),
                    nodes.stream().map(Vertex::name).toList());
        }

        /** As the rows of the operators say it. */
        String text() {
            Value row = end.row() < 0 ? Value.NULL : Value.of(end.row());
            return Value.of(start.type()) + " " + Value.of(start.row()) + " -> " + Value.of(end.type()) + " "
                    + Value.of(end.key()) + " " + row + " " + Vectors.value(edges) + Vectors.value(nodes);
        }
    }

    List<Walk> walks(int min, OptionalInt max) {
        return walks(min, max, this::isTarget);
    }

    /** Every walk to a vertex that may be a target, by trying everything. */
    List<Walk> walks(int min, OptionalInt max, Predicate<Vertex> target) {
        List<Walk> found = new ArrayList<>();
        for (Vertex start : starts) {
            if (min == 0 && target.test(start)) {
                found.add(Walk.of(start, start, List.of(), List.of(start)));
            }
            search(new ArrayList<>(), new ArrayList<>(List.of(start)), max, target, found);
        }
        return found.stream().filter(walk -> walk.edges().size() >= min).toList();
    }

    private void search(
            List<Edge> walked, List<Vertex> passed, OptionalInt max, Predicate<Vertex> target, List<Walk> found) {
        if (max.isPresent() && walked.size() >= max.getAsInt()) {
            return;
        }
        for (Edge edge : edges) {
            if (walked.stream().anyMatch(edge::sameAs) || !SmallGraph.meets(edge, edge.near(), passed.getLast())) {
                continue;
            }
            walked.add(edge);
            for (Vertex end : reached(edge, target)) {
                List<Vertex> nodes = new ArrayList<>(passed);
                nodes.add(end);
                found.add(Walk.of(passed.getFirst(), end, walked, nodes));
            }
            for (Vertex next : reached(edge, this::isStep)) {
                passed.add(next);
                search(walked, passed, max, target, found);
                passed.removeLast();
            }
            walked.removeLast();
        }
    }

    private List<Vertex> reached(Edge edge, Predicate<Vertex> wanted) {
        List<Vertex> reached = new ArrayList<>(vertices.stream()
                .filter(wanted)
                .filter(vertex -> SmallGraph.meets(edge, edge.far(), vertex))
                .toList());
        trusted(wanted).stream()
                .filter(trusted -> trusted.edge().equals(edge))
                .map(Trusted::vertex)
                .forEach(reached::add);
        return reached;
    }
}
