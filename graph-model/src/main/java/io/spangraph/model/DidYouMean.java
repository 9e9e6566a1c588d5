package io.spangraph.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that a misspelt one most likely meant, for the hint of an error message. */
public final class DidYouMean {
    /** Shorter beginnings fit too many names to mean one. */
    private static final int LEAST_PREFIX = 4;

    private DidYouMean() {}

    /**
     * The closest of the known names, or empty when none is close enough to be a likely typo. A name that was left
     * unfinished ({@code duration} for {@code duration_ms}) counts as close, after all that differ by a letter or two.
     */
    public static Optional<String> closest(String name, Collection<String> known) {
        String wanted = name.toLowerCase(Locale.ROOT);
        int allowed = Math.max(1, Math.min(3, wanted.length() / 3));
        return known.stream()
                .flatMap(candidate -> match(wanted, candidate, allowed).stream())
                .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .map(Candidate::name);
    }

    private static Optional<Candidate> match(String wanted, String candidate, int allowed) {
        String lower = candidate.toLowerCase(Locale.ROOT);
        int difference = Math.abs(lower.length() - wanted.length());
        int distance = difference <= allowed ? distance(wanted, lower) : Integer.MAX_VALUE;
        if (distance <= allowed) {
            return Optional.of(new Candidate(candidate, distance));
        }
        boolean unfinished = wanted.length() >= LEAST_PREFIX && lower.startsWith(wanted);
        return unfinished ? Optional.of(new Candidate(candidate, allowed + difference)) : Optional.empty();
    }

    /** The hint as it ends a message: {@code " Did you mean 'x'?"}, or the empty string. */
    public static String hint(String name, Collection<String> known) {
        return closest(name, known)
                .map(found -> " Did you mean '" + found + "'?")
                .orElse("");
    }

    private record Candidate(String name, int distance) {}

    /** Edit distance in which swapping two neighbours counts as one edit, the commonest typo of all. */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 ? j : j == 0 ? i : cheapest(a, b, i, j, cost);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(String a, String b, int i, int j, int[][] cost) {
        int substitution = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(substitution, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
