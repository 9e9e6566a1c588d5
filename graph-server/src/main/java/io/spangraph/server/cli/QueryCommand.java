package io.spangraph.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks one question, of a server or of a lake opened in this process, and prints the answer. */
@Command(
        name = "query",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Runs a query and prints its rows. Without --uri the lake is opened in this process.")
final class QueryCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CYPHER", description = "The query.")
    private String query = "";

    @Option(names = "--uri", paramLabel = "URL", description = "A running server, such as http://127.0.0.1:7474.")
    private Optional<URI> uri = Optional.empty();

    @Option(names = "--user", paramLabel = "U", description = "User name at the server.")
    private Optional<String> user = Optional.empty();

    @Option(
            names = "--password",
            paramLabel = "P",
            arity = "0..1",
            interactive = true,
            description = "Password at the server; without a value it is asked for.")
    private Optional<String> password = Optional.empty();

    @Option(
            names = "--tenant",
            paramLabel = "T",
            description = "The tenant to ask for: needed by services, narrows those who see all tenants.")
    private Optional<String> tenant = Optional.empty();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table (the default), json (one array), csv (RFC 4180).")
    private Format format = Format.TABLE;

    @Option(
            names = "--param",
            paramLabel = "NAME=VALUE",
            description = "A parameter; the value is JSON, or else a text. May be repeated.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--config", paramLabel = "FILE", description = "Settings of the lake to open in this process.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the lake to open in this process. Default: the demo's.")
    private Optional<Path> data = Optional.empty();

    @Mixin
    private SettingOptions settings = new SettingOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** How rows are printed. */
    enum Format {
        TABLE,
        JSON,
        CSV
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        AnswerPrinter printer = new AnswerPrinter(rows(out), out, err);
        if (uri.isPresent()) {
            new RemoteGraph(uri.get(), user, password, tenant).ask(query, parameterValues(), printer);
        } else {
            new LocalGraph(config, data, settings.flags(data), tenant).ask(query, parameterValues(), printer);
        }
        printer.end();
        return ExitCode.DONE.code();
    }

    private RowFormat rows(PrintWriter out) {
        return switch (format) {
            case TABLE -> new TableFormat(out, Terminal.watchesOutput());
            case JSON -> new JsonFormat(out);
            case CSV -> new CsvFormat(out);
        };
    }

    private ObjectNode parameterValues() {
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        parameters.forEach((name, text) -> values.set(name, parameter(text)));
        return values;
    }

    private static JsonNode parameter(String text) {
        try {
            JsonNode value = new ObjectMapper().readTree(text);
            return value.isMissingNode() ? TextNode.valueOf(text) : value;
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }
}
