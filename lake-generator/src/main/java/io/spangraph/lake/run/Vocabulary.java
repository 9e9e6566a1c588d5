package io.spangraph.lake.run;

import java.util.ArrayList;
import java.util.List;

/** The names that occur in the lake: agents, models, tools and sub-agents, the most used first. */
public final class Vocabulary {

    /** Spellings as they arrive from providers: with prefixes, regions and dates, and two that no price list knows. */
    public static final List<String> MODELS = List.of(
            "anthropic/claude-sonnet-4-5-20250929",
            "claude-opus-4-6",
            "gpt-5.1",
            "claude-haiku-4-5",
            "openai/gpt-5-mini",
            "google/gemini-2.5-pro",
            "us.anthropic.claude-sonnet-4-20250514-v1:0",
            "gpt-5-nano",
            "o3-pro",
            "deepseek/deepseek-chat",
            "local/qwen3-coder-30b",
            "house-router-v2");

    /** Tools that do their work and answer. */
    public static final List<String> TOOLS = List.of(
            "exec",
            "read",
            "write",
            "edit",
            "web_search",
            "web_fetch",
            "browser",
            "message",
            "memory_search",
            "memory_get",
            "process",
            "cron",
            "image",
            "canvas",
            "nodes",
            "gateway",
            "sessions_list",
            "sessions_history",
            "sessions_send",
            "session_status",
            "agents_list",
            "apply_patch",
            "tts",
            "grep",
            "find",
            "ls",
            "sql_query",
            "http_request",
            "github__create_issue",
            "github__list_pulls",
            "github__get_file",
            "slack__post_message",
            "slack__search",
            "jira__create_ticket",
            "jira__search",
            "calendar__list_events",
            "calendar__create_event",
            "mail__search",
            "mail__send",
            "notion__search",
            "notion__update_page",
            "drive__export",
            "pdf_extract",
            "vector_search",
            "translate",
            "搜索文档",
            "wetter_🌦");

    /** The tool that starts a sub-agent. */
    public static final String SPAWN_TOOL = "sessions_spawn";

    /** A tool that nobody used before the last days of the lake. */
    public static final String NEW_TOOL = "deep_research";

    /** Steps inside a tool call that drives a browser. */
    static final List<String> BROWSER_STEPS = List.of("browser_click", "browser_read", "browser_type");

    /** Sub-agents, labels of {@code subagent} spans. */
    public static final List<String> SUBAGENTS =
            List.of("researcher", "coder", "reviewer", "summarizer", "tester", "planner", "データ分析");

    static final List<String> ERRORS = List.of(
            "timeout after 30000 ms",
            "rate limit exceeded, retry later",
            "ENOENT: no such file or directory",
            "permission denied",
            "HTTP 502 from upstream",
            "unexpected token in \\\"response\\\"\\nat line 3");

    static final List<String> CHANNELS = List.of("main", "telegram:direct", "slack:channel", "cron", "webchat");

    private static final List<Agent> ACTIVE_ROLES = List.of(
            new Agent("assistant", "main"),
            new Agent("coder", "coder"),
            new Agent("researcher", "researcher"),
            new Agent("support", "客服"),
            new Agent("operations", "ops"));

    private static final Agent IDLE_ROLE = new Agent("archivist", "archivist");

    private static final List<String> TENANTS = List.of("acme", "globex", "initech", "umbrella", "hooli", "stark");

    private Vocabulary() {}

    /** Names for a number of tenants; the first three are those of the demo. */
    public static List<String> tenants(int count) {
        List<String> names = new ArrayList<>(TENANTS.subList(0, Math.min(count, TENANTS.size())));
        for (int number = names.size() + 1; number <= count; number++) {
            names.add("tenant-%05d".formatted(number));
        }
        return List.copyOf(names);
    }

    /** The agents of a tenant that run traces, the busiest first. */
    public static List<Agent> activeAgents(String tenant) {
        return ACTIVE_ROLES.stream().map(role -> ofTenant(tenant, role)).toList();
    }

    /** The agent of a tenant that never ran. */
    public static Agent idleAgent(String tenant) {
        return ofTenant(tenant, IDLE_ROLE);
    }

    private static Agent ofTenant(String tenant, Agent role) {
        return new Agent(tenant + "-" + role.id(), role.name());
    }
}
