package io.spangraph.lake.run;

/**
 * The recipe of a JSON payload. The text itself is rendered when a row is written, twice if two tables hold it, because
 * payloads are nearly all of the bytes of a lake and a trace of large ones would not fit in memory.
 */
public sealed interface Payload {

    /** Where the filler text is cut from. */
    long seed();

    /** How long the JSON is meant to be; short recipes are as long as their fixed parts. */
    int bytes();

    record SessionStart(long seed, int bytes, Category category, Agent agent, String sessionKey) implements Payload {}

    record SessionEnd(long seed, int bytes) implements Payload {}

    /** What a model was asked; {@code leaksSecret} puts something that looks like a key into it. */
    record Prompt(long seed, int bytes, Category category, String model, boolean leaksSecret) implements Payload {}

    record Completion(long seed, int bytes, TokenUsage usage) implements Payload {}

    record ToolArguments(long seed, int bytes, boolean leaksSecret) implements Payload {}

    record ToolResult(long seed, int bytes) implements Payload {}

    record SubagentTask(long seed, int bytes, String agentName) implements Payload {}

    record SubagentResult(long seed, int bytes) implements Payload {}

    /** An output that carries {@code $.error}; the span need not be marked as failed. */
    record Failure(long seed, int bytes, String message) implements Payload {}
}
