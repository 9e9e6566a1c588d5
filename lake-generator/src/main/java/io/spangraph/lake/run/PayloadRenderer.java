package io.spangraph.lake.run;

import java.util.SplittableRandom;

/**
 * Writes the JSON of a payload. The same recipe gives the same bytes, so the span tables and the event table agree and
 * repeated tool calls have equal arguments.
 */
public final class PayloadRenderer {

    // In pieces, so that no scanner takes the source for a leak.
    private static final String FAKE_API_KEY = "sk-" + "FAKEfakeFAKE" + "0123456789" + "notARealKey";
    private static final String FAKE_ACCESS_KEY = "AKIA" + "FAKE" + "0000FAKE0000";

    private final TextPool pool;

    public PayloadRenderer(long seed) {
        this.pool = new TextPool(Draw.seed(seed, -1));
    }

    /** Replaces what the buffer holds by the text of the payload. */
    public void render(Payload payload, TextBuffer target) {
        target.clear();
        switch (payload) {
            case Payload.SessionStart start -> {
                target.append("{\"agentName\":\"").append(start.agent().name());
                target.append("\",\"sessionKey\":\"").append(start.sessionKey());
                target.append("\",\"prompt\":\"").append(start.category().opening());
                close(payload, "\"}", target);
            }
            case Payload.SessionEnd end -> {
                target.append("{\"status\":\"done\",\"summary\":\"");
                close(end, "\"}", target);
            }
            case Payload.Prompt prompt -> {
                target.append("{\"model\":\"").append(prompt.model());
                target.append("\",\"messages\":[{\"role\":\"system\",\"content\":\"");
                target.append(prompt.category().opening());
                target.append("You are a helpful agent.\"},{\"role\":\"user\",\"content\":\"");
                target.append(secret(prompt.leaksSecret(), prompt.seed()));
                close(prompt, "\"}]}", target);
            }
            case Payload.Completion completion -> {
                appendUsage(completion.usage(), target.append("{\"role\":\"assistant\",\"usage\":"));
                target.append(",\"content\":\"");
                close(completion, "\"}", target);
            }
            case Payload.ToolArguments arguments -> {
                target.append("{\"arguments\":{\"input\":\"");
                target.append(secret(arguments.leaksSecret(), arguments.seed()));
                close(arguments, "\"}}", target);
            }
            case Payload.ToolResult result -> {
                target.append("{\"status\":\"ok\",\"result\":\"");
                close(result, "\"}", target);
            }
            case Payload.SubagentTask task -> {
                target.append("{\"agentName\":\"").append(task.agentName()).append("\",\"task\":\"");
                close(task, "\"}", target);
            }
            case Payload.SubagentResult result -> {
                target.append("{\"outcome\":\"completed\",\"summary\":\"");
                close(result, "\"}", target);
            }
            case Payload.Failure failure -> {
                target.append("{\"status\":\"error\",\"error\":\"").append(failure.message());
                target.append("\",\"stack\":\"");
                close(failure, "\"}", target);
            }
        }
    }

    private void close(Payload payload, String end, TextBuffer target) {
        int filler = payload.bytes() - target.length() - end.length();
        pool.append(new SplittableRandom(payload.seed()), filler, target);
        target.append(end);
    }

    private static void appendUsage(TokenUsage usage, TextBuffer target) {
        target.append("{\"input\":" + usage.input() + ",\"output\":" + usage.output() + ",\"cacheRead\":"
                + usage.cacheRead() + ",\"cacheWrite\":" + usage.cacheWrite() + ",\"total\":" + usage.total() + "}");
    }

    private static String secret(boolean leaks, long seed) {
        if (!leaks) {
            return "";
        }
        return "use the key " + ((seed & 1) == 0 ? FAKE_API_KEY : FAKE_ACCESS_KEY) + " for this. ";
    }
}
