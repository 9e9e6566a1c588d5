package io.spangraph.bench.lake;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A seeded social network in memory: people who know each other, more often in one place and some far more than others, and
 * their messages in trees of replies. Nothing in it is a scope: a tree of replies spreads over time and people.
 *
 * @param cities place of each person
 * @param knows pairs of different people, the smaller index in the upper half, each pair once
 * @param messages in the order of time
 */
record SocialNetwork(int[] cities, long[] knows, Messages messages) {
    static final int PLACES = 1_000;
    static final int COUNTRIES = 50;
    static final int TAGS = 2_000;
    static final int TAG_CLASSES = 40;
    static final long FIRST_MS = 1_262_304_000_000L;
    private static final long YEARS_MS = 3 * 365 * 86_400_000L;

    private static final long SEED = 4_711;
    private static final double FRIENDS = 10.8;
    private static final int MESSAGES_PER_PERSON = 30;
    private static final double SAME_CITY = 0.6;
    private static final int LARGEST_THREAD = 2_000;
    private static final double THREAD_TAIL = -0.8;
    private static final int REPLY_MS = 2 * 3_600_000;

    /**
     * Messages by their order in time.
     *
     * @param parents index of the message that each replies to, or -1
     * @param tags of each message, one after the other
     * @param tagStarts where those of a message begin, and behind the last where they end
     */
    record Messages(long[] created, int[] creators, int[] parents, int[] lengths, int[] tagStarts, int[] tags) {}

    static SocialNetwork of(int people) {
        SplittableRandom random = new SplittableRandom(SEED);
        int[] cities = IntStream.generate(() -> Names.skewed(random, PLACES, 1.5))
                .limit(people)
                .toArray();
        long[] knows = knows(random, cities);
        return new SocialNetwork(cities, knows, messages(random, people, neighbours(people, knows)));
    }

    private static long[] knows(SplittableRandom random, int[] cities) {
        int people = cities.length;
        int[][] members = members(cities);
        Set<Long> pairs = new HashSet<>();
        int wanted = (int) Math.min(FRIENDS * people, people * (people - 1L) / 4.0);
        for (long draws = 0; pairs.size() < wanted && draws < 40L * wanted; draws++) {
            int one = Names.skewed(random, people, 1.5);
            int[] near = members[cities[one]];
            int other = random.nextDouble() < SAME_CITY
                    ? near[random.nextInt(near.length)]
                    : Names.skewed(random, people, 1.5);
            if (one != other) {
                pairs.add(pair(Math.min(one, other), Math.max(one, other)));
            }
        }
        return pairs.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    private static int[][] members(int[] cities) {
        int[][] byCity = new int[PLACES][];
        int[] sizes = new int[PLACES];
        for (int city : cities) {
            sizes[city]++;
        }
        for (int city = 0; city < byCity.length; city++) {
            byCity[city] = new int[sizes[city]];
        }
        for (int person = 0; person < cities.length; person++) {
            byCity[cities[person]][--sizes[cities[person]]] = person;
        }
        return byCity;
    }

    private static long pair(int smaller, int larger) {
        return (long) smaller << 32 | larger;
    }

    static int smaller(long pair) {
        return (int) (pair >> 32);
    }

    static int larger(long pair) {
        return (int) pair;
    }

    private static int[][] neighbours(int people, long[] knows) {
        int[] degrees = new int[people];
        for (long pair : knows) {
            degrees[smaller(pair)]++;
            degrees[larger(pair)]++;
        }
        int[][] neighbours = new int[people][];
        for (int person = 0; person < people; person++) {
            neighbours[person] = new int[degrees[person]];
        }
        for (long pair : knows) {
            neighbours[smaller(pair)][--degrees[smaller(pair)]] = larger(pair);
            neighbours[larger(pair)][--degrees[larger(pair)]] = smaller(pair);
        }
        return neighbours;
    }

    private static Messages messages(SplittableRandom random, int people, int[][] neighbours) {
        int count = people * MESSAGES_PER_PERSON;
        long[] created = new long[count];
        int[] creators = new int[count];
        int[] parents = new int[count];
        int[] topics = new int[count];
        int next = 0;
        while (next < count) {
            int size = (int)
                    Math.min(Math.min(LARGEST_THREAD, count - next), Math.pow(1 - random.nextDouble(), THREAD_TAIL));
            int topic = Names.skewed(random, TAGS, 2);
            long time = FIRST_MS + (long) (YEARS_MS * Math.sqrt(random.nextDouble()));
            for (int i = 0; i < size; i++) {
                int parent = i == 0 ? -1 : next + parentInThread(random, i);
                created[next + i] = time;
                parents[next + i] = parent;
                creators[next + i] = creator(random, people, parent < 0 ? new int[0] : neighbours[creators[parent]]);
                topics[next + i] = topic;
                time += 1 + random.nextInt(REPLY_MS);
            }
            next += size;
        }
        return inOrder(random, created, creators, parents, topics);
    }

    /** Any message before, or one of the last ones, so that trees are some twenty replies deep. */
    private static int parentInThread(SplittableRandom random, int index) {
        return random.nextBoolean() ? random.nextInt(index) : index - 1 - random.nextInt(Math.min(index, 5));
    }

    private static int creator(SplittableRandom random, int people, int[] friends) {
        return friends.length > 0 && random.nextDouble() < 0.4
                ? friends[random.nextInt(friends.length)]
                : Names.skewed(random, people, 1.6);
    }

    private static Messages inOrder(
            SplittableRandom random, long[] created, int[] creators, int[] parents, int[] topics) {
        int count = created.length;
        int[] order = byTime(created);
        int[] rank = new int[count];
        for (int i = 0; i < count; i++) {
            rank[order[i]] = i;
        }
        long[] times = new long[count];
        int[] people = new int[count];
        int[] replies = new int[count];
        int[] lengths = new int[count];
        int[] tagStarts = new int[count + 1];
        int[] tags = new int[2 * count];
        int tag = 0;
        for (int i = 0; i < count; i++) {
            int message = order[i];
            times[i] = created[message];
            people[i] = creators[message];
            replies[i] = parents[message] < 0 ? -1 : rank[parents[message]];
            lengths[i] = 20 + Names.skewed(random, 1_000, 3);
            tagStarts[i] = tag;
            boolean onTopic = random.nextDouble() < 0.7;
            if (onTopic) {
                tags[tag++] = topics[message];
            }
            int other = Names.skewed(random, TAGS, 1.5);
            if (random.nextDouble() < 0.35 && !(onTopic && other == topics[message])) {
                tags[tag++] = other;
            }
        }
        tagStarts[count] = tag;
        return new Messages(times, people, replies, lengths, tagStarts, Arrays.copyOf(tags, tag));
    }

    /** Of equal times the index decides, so a message stays before its replies. */
    private static int[] byTime(long[] created) {
        Integer[] boxed = IntStream.range(0, created.length).boxed().toArray(Integer[]::new);
        Arrays.sort(boxed, (one, other) -> {
            int byTime = Long.compare(created[one], created[other]);
            return byTime == 0 ? Integer.compare(one, other) : byTime;
        });
        return Arrays.stream(boxed).mapToInt(Integer::intValue).toArray();
    }
}
