package io.spangraph.lake.run;

/** What a span stands for; the spelling of the {@code actor_type} column. */
public enum StepKind {
    SESSION("session"),
    LLM_CALL("llm_call"),
    TOOL_CALL("tool_call"),
    SUBAGENT("subagent");

    private final String actorType;

    StepKind(String actorType) {
        this.actorType = actorType;
    }

    public String actorType() {
        return actorType;
    }
}
