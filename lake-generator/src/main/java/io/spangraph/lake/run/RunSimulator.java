package io.spangraph.lake.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Plays one agent run: model call, tools, model call, with a context that grows until it is compacted, parallel tools,
 * retry loops, browsers with steps of their own, and sub-agents that do the same one level deeper. The number of steps
 * is given and met exactly. Times are milliseconds since the start of the run.
 */
final class RunSimulator {

    private static final int DEEPEST_SUBAGENT = 4;
    private static final int LEAST_SUBAGENT_STEPS = 4;
    private static final long CONTEXT_LIMIT = 190_000;

    private final TracePlan plan;
    private final SplittableRandom random;
    private final PayloadDraw payloads;
    private final String model;
    private final List<Step> steps = new ArrayList<>();
    private boolean spawnOwed;

    RunSimulator(TracePlan plan, SplittableRandom random, PayloadDraw payloads) {
        this.plan = plan;
        this.random = random;
        this.payloads = payloads;
        this.model = Draw.pick(random, Vocabulary.MODELS, 2);
        this.spawnOwed = plan.damage() == Damage.CYCLE || plan.largest();
    }

    /** Plays a run of exactly {@code count} steps; the first is its root. */
    List<Step> play(int count) {
        Payload input = new Payload.SessionStart(
                random.nextLong(),
                payloads.bytes(random),
                plan.category(),
                plan.agent(),
                plan.sessionKey().orElse("unknown"));
        Step root = add(new Step(Optional.empty(), StepKind.SESSION, "session", RandomId.next(random), 0, input));
        long ownEnd = actor(root, count - 1, Draw.between(random, 2, 40), 0, plan.contextTokens());
        boolean waits = Draw.chance(random, 0.7) && plan.damage() != Damage.LATE_CHILD;
        long lastEnd = steps.stream().mapToLong(step -> step.endMs).max().orElse(0);
        root.endMs = Math.max(1, waits ? lastEnd : ownEnd) + Draw.between(random, 1, 30);
        root.output = Optional.of(new Payload.SessionEnd(random.nextLong(), payloads.bytes(random)));
        return steps;
    }

    /** Lets an actor use up its steps; answers when it is done, which may be before its sub-agents are. */
    private long actor(Step actor, int budget, long startMs, int depth, long firstContext) {
        long now = startMs;
        long context = firstContext;
        long cached = 0;
        int left = budget;
        while (left > 0) {
            if (plan.story() == ErrorStory.RECOVERED && left >= 2 && Draw.chance(random, 0.05)) {
                Step refused = modelCall(actor, now, context, cached);
                fail(refused);
                now = refused.endMs + Draw.between(random, 500, 8_000);
                left--;
            }
            Step call = modelCall(actor, now, context, cached);
            now = call.endMs + Draw.between(random, 0, 5);
            cached = plan.cachesPrompts() ? context : 0;
            context += call.usage.map(TokenUsage::output).orElse(0L) + Draw.logNormal(random, 900, 1.1, 30, 20_000);
            if (context > CONTEXT_LIMIT) {
                context = plan.largest() ? plan.contextTokens() : CONTEXT_LIMIT / 4;
                cached = 0;
            }
            left--;
            if (left > 0) {
                Round round = round(actor, left, now, depth);
                left -= round.steps();
                now = round.endMs();
            }
            now += Draw.chance(random, 0.05) ? Draw.between(random, 1_000, 30_000) : Draw.between(random, 0, 20);
        }
        return now;
    }

    private record Round(int steps, long endMs) {}

    private Round round(Step actor, int left, long now, int depth) {
        double choice = random.nextDouble();
        boolean spawns = depth < DEEPEST_SUBAGENT && left >= LEAST_SUBAGENT_STEPS + 2;
        if (spawns && (spawnOwed || choice < 0.08)) {
            spawnOwed = false;
            return subagent(actor, left, now, depth);
        }
        if (choice < 0.12 && left >= 5) {
            return loop(actor, Math.min(left, Draw.between(random, 5, 12)), now);
        }
        if (choice < 0.27 && left >= 2) {
            return parallel(actor, Math.min(left, Draw.between(random, 2, 4)), now);
        }
        if (choice < 0.33 && left >= 3) {
            return browser(actor, Math.min(left, Draw.between(random, 3, 6)), now);
        }
        if (plan.story() == ErrorStory.RECOVERED && choice > 0.8 && left >= 2) {
            return retry(actor, now);
        }
        Step tool = tool(actor, anyTool(), now, payloads.toolArguments(random));
        return new Round(1, tool.endMs);
    }

    private Step modelCall(Step actor, long now, long context, long cached) {
        String used = Draw.chance(random, 0.95) ? model : Draw.pick(random, Vocabulary.MODELS, 2);
        Payload input = new Payload.Prompt(
                random.nextLong(), payloads.bytes(random), plan.category(), used, payloads.leaksSecret(random));
        Step call = add(new Step(Optional.of(actor), StepKind.LLM_CALL, used, RandomId.next(random), now, input));
        long output = Draw.logNormal(random, 260, 1.0, 20, 3_019);
        call.endMs = now + Draw.logNormal(random, 1_200 + 8 * output, 0.6, 300, 60_000);
        long read = Math.min(cached, context);
        long fresh = context - read;
        long written = plan.cachesPrompts() ? fresh * 9 / 10 : 0;
        TokenUsage usage = new TokenUsage(fresh - written, output, read, written);
        call.usage = Optional.of(usage);
        call.output = Optional.of(new Payload.Completion(random.nextLong(), payloads.bytes(random), usage));
        leaveUnfinished(call);
        return call;
    }

    private Step tool(Step parent, String name, long now, Payload arguments) {
        Step tool = finishedTool(parent, name, now, arguments);
        leaveUnfinished(tool);
        return tool;
    }

    private Step finishedTool(Step parent, String name, long now, Payload arguments) {
        Step tool = add(new Step(Optional.of(parent), StepKind.TOOL_CALL, name, RandomId.next(random), now, arguments));
        double typical = 30 + 40.0 * Math.floorMod(name.hashCode(), 23);
        tool.endMs = now + Draw.logNormal(random, typical, 0.9, 5, 45_000);
        boolean softFailure = Draw.chance(random, 0.005);
        tool.output = Optional.of(softFailure ? payloads.failure(random) : payloads.toolResult(random));
        return tool;
    }

    /** One step in five hundred never ends; half of those have no end, the others end when they start. */
    private void leaveUnfinished(Step step) {
        if (Draw.chance(random, 0.002)) {
            step.endUnknown = Draw.chance(random, 0.5);
            step.endMs = step.startMs;
            step.usage = Optional.empty();
            step.output = Optional.empty();
        }
    }

    /** The same tool again and again; some repeats have the very same arguments. */
    private Round loop(Step actor, int count, long startMs) {
        String name = anyTool();
        Payload arguments = payloads.toolArguments(random);
        boolean fails = plan.story() != ErrorStory.CLEAN && Draw.chance(random, 0.6);
        long now = startMs;
        for (int turn = 0; turn < count; turn++) {
            if (turn > 0 && Draw.chance(random, 0.5)) {
                arguments = payloads.toolArguments(random);
            }
            Step tool = tool(actor, name, now, arguments);
            if (fails && turn + 1 < count) {
                fail(tool);
            }
            now = tool.endMs + Draw.between(random, 10, 900);
        }
        return new Round(count, now);
    }

    private Round parallel(Step actor, int count, long startMs) {
        long end = startMs;
        for (int turn = 0; turn < count; turn++) {
            Step tool = tool(actor, anyTool(), startMs + 3L * turn, payloads.toolArguments(random));
            end = Math.max(end, tool.endMs);
        }
        return new Round(count, end);
    }

    /** A tool whose own steps are spans: click, read, type. */
    private Round browser(Step actor, int count, long startMs) {
        Step browser = finishedTool(actor, "browser", startMs, payloads.toolArguments(random));
        long now = startMs + 2;
        for (int turn = 1; turn < count; turn++) {
            String name = Draw.pick(random, Vocabulary.BROWSER_STEPS, 1.2);
            now = tool(browser, name, now, payloads.toolArguments(random)).endMs + 1;
        }
        browser.endMs = Math.max(browser.endMs, now);
        return new Round(count, browser.endMs);
    }

    private Round retry(Step actor, long startMs) {
        String name = anyTool();
        Payload arguments = payloads.toolArguments(random);
        Step first = tool(actor, name, startMs, arguments);
        fail(first);
        Step second = tool(actor, name, first.endMs + Draw.between(random, 200, 5_000), arguments);
        return new Round(2, second.endMs);
    }

    /** A spawning tool returns at once in most cases, and then its sub-agent outlives it. */
    private Round subagent(Step actor, int left, long startMs, int depth) {
        int share = (int) (left * (0.1 + 0.4 * random.nextDouble()));
        int inner = Math.clamp(share, LEAST_SUBAGENT_STEPS, left - 2);
        Step spawn = add(new Step(
                Optional.of(actor),
                StepKind.TOOL_CALL,
                Vocabulary.SPAWN_TOOL,
                RandomId.next(random),
                startMs,
                payloads.toolArguments(random)));
        String name = Draw.pick(random, Vocabulary.SUBAGENTS, 1.5);
        Step child = add(new Step(
                Optional.of(spawn),
                StepKind.SUBAGENT,
                name,
                RandomId.next(random),
                startMs + Draw.between(random, 1, 20),
                new Payload.SubagentTask(random.nextLong(), payloads.bytes(random), name)));
        long context = plan.largest() ? plan.contextTokens() : Draw.logNormal(random, 3_500, 0.5, 1_000, 30_000);
        child.endMs = actor(child, inner, child.startMs + 2, depth + 1, context);
        child.output = Optional.of(new Payload.SubagentResult(random.nextLong(), payloads.bytes(random)));
        boolean waits = Draw.chance(random, 0.4);
        spawn.endMs = waits ? child.endMs + 3 : startMs + Draw.between(random, 25, 200);
        spawn.output = Optional.of(payloads.toolResult(random));
        return new Round(2 + inner, spawn.endMs);
    }

    /** Marks a step as failed, with an error in its output. */
    void fail(Step step) {
        step.failed = true;
        step.endUnknown = false;
        step.usage = Optional.empty();
        step.output = Optional.of(payloads.failure(random));
    }

    private String anyTool() {
        if (plan.recent() && Draw.chance(random, 0.02)) {
            return Vocabulary.NEW_TOOL;
        }
        return Draw.pick(random, Vocabulary.TOOLS, 1.6);
    }

    private Step add(Step step) {
        steps.add(step);
        return step;
    }
}
