package io.spangraph.lake.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class PayloadRendererTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PayloadRenderer renderer = new PayloadRenderer(1);
    private final TextBuffer buffer = new TextBuffer();

    @Test
    void everyPayloadIsJsonOfAboutTheLengthAskedFor() throws JsonProcessingException {
        Agent agent = new Agent("acme-support", "客服");
        TokenUsage usage = new TokenUsage(1, 2, 3, 4);
        for (int bytes : List.of(2, 300, 5_000, 3_000_000)) {
            for (Payload payload : List.of(
                    new Payload.SessionStart(1, bytes, Category.HEARTBEAT, agent, "agent:客服:main"),
                    new Payload.SessionEnd(2, bytes),
                    new Payload.Prompt(3, bytes, Category.WORK, "gpt-5.1", true),
                    new Payload.Completion(4, bytes, usage),
                    new Payload.ToolArguments(5, bytes, false),
                    new Payload.ToolResult(6, bytes),
                    new Payload.SubagentTask(7, bytes, "データ分析"),
                    new Payload.SubagentResult(8, bytes),
                    new Payload.Failure(9, bytes, Vocabulary.ERRORS.get(5)))) {
                String text = render(payload);

                assertThat(JSON.readTree(text).isObject()).as(text).isTrue();
                assertThat(buffer.length()).isLessThanOrEqualTo(Math.max(bytes, 250));
                if (bytes > 1_000) {
                    assertThat(buffer.length()).isGreaterThan(bytes - 40);
                }
            }
        }
    }

    @Test
    void modelCallsTellTheirUsageAndFailuresTheirError() throws JsonProcessingException {
        JsonNode completion =
                JSON.readTree(render(new Payload.Completion(1, 500, new TokenUsage(100, 20, 3_000, 400))));
        JsonNode failure = JSON.readTree(render(new Payload.Failure(1, 500, "permission denied")));

        assertThat(completion.at("/usage").toString())
                .isEqualTo("{\"input\":100,\"output\":20,\"cacheRead\":3000,\"cacheWrite\":400,\"total\":3520}");
        assertThat(failure.at("/error").asText()).isEqualTo("permission denied");
    }

    @Test
    void sessionsTellAgentAndCategory() throws JsonProcessingException {
        Agent agent = new Agent("acme-assistant", "main");
        JsonNode start = JSON.readTree(
                render(new Payload.SessionStart(1, 4_000, Category.COMPACT_MEMORY, agent, "agent:main:main")));

        assertThat(start.at("/agentName").asText()).isEqualTo("main");
        assertThat(start.at("/sessionKey").asText()).isEqualTo("agent:main:main");
        assertThat(start.at("/prompt").asText()).startsWith("Pre-compaction memory flush");
        assertThat(render(new Payload.SessionStart(1, 40_000, Category.WORK, agent, "agent:main:main")))
                .doesNotContainIgnoringCase("heartbeat")
                .doesNotContainIgnoringCase("pre-compaction")
                .doesNotContainIgnoringCase("memory flush");
    }

    @Test
    void leaksLookLikeKeysAndNothingElseDoes() {
        String secret = "(?s).*(sk-[A-Za-z0-9]{20,}|AKIA[0-9A-Z]{16}).*";

        assertThat(render(new Payload.Prompt(1, 900, Category.WORK, "gpt-5.1", true)))
                .matches(secret);
        assertThat(render(new Payload.ToolArguments(2, 900, true))).matches(secret);
        assertThat(render(new Payload.Prompt(1, 900_000, Category.WORK, "gpt-5.1", false)))
                .doesNotMatch(secret);
    }

    @Test
    void theSameRecipeGivesTheSameBytes() {
        Payload arguments = new Payload.ToolArguments(77, 700, false);

        String first = render(arguments);
        render(new Payload.SessionEnd(1, 9_000));

        assertThat(render(arguments)).isEqualTo(first);
        assertThat(render(new Payload.ToolArguments(78, 700, false))).isNotEqualTo(first);
    }

    private String render(Payload payload) {
        renderer.render(payload, buffer);
        return buffer.toString();
    }
}
