package io.spangraph;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the arrows between modules and packages, and the homes of libraries.
 *
 * <p>Maven cannot hold them: a library that one module uses is on the class path of every module above it.
 */
class ArchitectureTest {
    private static final String MODEL = "io.spangraph.model..";
    private static final String ENGINE = "io.spangraph.engine..";
    private static final String CYPHER = "io.spangraph.cypher..";
    private static final String ICEBERG = "io.spangraph.iceberg..";
    private static final String LAKE = "io.spangraph.lake..";
    private static final String SERVER = "io.spangraph.server..";
    private static final String RELOCATED_ANTLR = "io.spangraph.cypher.shaded..";

    /**
     * The relocated ANTLR has package cycles of its own, which are not ours to mend. A jar of another module's tests is not
     * known as tests by its path.
     */
    private static final ImportOption OUR_OWN =
            location -> !location.contains("/cypher/shaded/") && !location.contains("-tests.jar");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(OUR_OWN)
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.spangraph");

    @ParameterizedTest
    @MethodSource("modules")
    void seesEveryModule(String module) {
        assertThat(CLASSES.that(resideInAPackage(module))).isNotEmpty();
    }

    static List<String> modules() {
        return List.of(MODEL, ENGINE, CYPHER, ICEBERG, LAKE, SERVER);
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("io.spangraph.(**)")
                .should()
                .beFreeOfCycles()
                .because("a package that needs itself through another cannot be read, tested or moved alone")
                .check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("moduleArrows")
    void modulesPointDownwards(ArchRule arrow) {
        arrow.check(CLASSES);
    }

    static Stream<ArchRule> moduleArrows() {
        return Stream.of(
                from(MODEL)
                        .never(ENGINE, CYPHER, ICEBERG, LAKE, SERVER)
                        .because("the schema is what all share, so its module stays the emptiest"),
                from(ENGINE)
                        .never(CYPHER, ICEBERG, LAKE, SERVER)
                        .because("the engine knows no protocol, no query text and no storage"),
                from(CYPHER)
                        .never(ICEBERG, LAKE, SERVER)
                        .because("a front end and a storage meet in the logical plan, never directly"),
                from(ICEBERG)
                        .never(CYPHER, LAKE, SERVER)
                        .because("storage knows scan requests, not who asks or in which language"),
                from(LAKE).never(CYPHER, SERVER).because("sample lakes are data and know neither queries nor servers"));
    }

    @ParameterizedTest
    @MethodSource("packageArrows")
    void packagesPointDownwards(ArchRule arrow) {
        arrow.check(CLASSES);
    }

    static Stream<ArchRule> packageArrows() {
        return Stream.of(
                from(engine("expr"))
                        .never(engine("plan"), engine("optimize"), engine("physical"), engine("exec"), engine("run"))
                        .because("a subquery becomes Apply, so that no expression needs to name a plan"),
                from(engine("plan"))
                        .never(engine("optimize"), engine("physical"), engine("exec"), engine("run"))
                        .because("a logical plan says what is asked, not how it is answered"),
                from(engine("optimize"))
                        .never(engine("physical"), engine("exec"), engine("run"))
                        .because("rules rewrite logical plans; operators come after the last rule"),
                from(engine("spi"))
                        .never(engine("plan"), engine("optimize"), engine("physical"), engine("exec"), engine("run"))
                        .because("a storage can be written without knowing planner and operators"),
                from(ICEBERG)
                        .never(
                                engine("plan"),
                                engine("optimize"),
                                engine("physical"),
                                engine("exec"),
                                engine("explain"),
                                engine("run"))
                        .because("the scan answers scan requests; what a plan makes of the rows is not its business"),
                from("io.spangraph.server.query..")
                        .never("io.spangraph.server.http..", "io.spangraph.server.bolt..", "io.spangraph.server.cli..")
                        .because("queries run alike whichever door they came through"),
                from("io.spangraph.server.bolt..")
                        .never("io.spangraph.server.http..", "io.spangraph.server.cli..")
                        .because("what doors share lies below them"),
                onlyIn("io.spangraph.engine.reference..")
                        .use("io.spangraph.engine.reference..")
                        .because("the reference evaluator is the oracle of tests, never a path that a query takes"));
    }

    @ParameterizedTest
    @MethodSource("libraryHomes")
    void librariesStayInTheirHomes(ArchRule home) {
        home.check(CLASSES);
    }

    static Stream<ArchRule> libraryHomes() {
        return Stream.of(
                onlyIn(ICEBERG, LAKE)
                        .use("org.apache.iceberg..", "org.apache.parquet..", "org.apache.hadoop..", "org.apache.avro..")
                        .because("storage can be replaced as long as its types stay behind the scan interface"),
                onlyIn("io.spangraph.cypher.parse..")
                        .use("org.neo4j.cypher..", RELOCATED_ANTLR, "org.antlr..")
                        .because("a change of grammar must end in the package that wraps it"),
                onlyIn("io.spangraph.server.http..")
                        .use("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..")
                        .because("only the HTTP door knows the HTTP server"),
                onlyIn("io.spangraph.server.bolt.transport..", "io.spangraph.server.bolt.packstream..")
                        .use("io.netty..")
                        .because("a session must not know how its bytes travel"),
                onlyIn("io.spangraph.server.cli..")
                        .use("picocli..")
                        .because("what a command does must be callable without the command line"),
                onlyIn("io.spangraph.server.auth..")
                        .use("org.bouncycastle..")
                        .because("passwords are hashed and compared in one place"),
                onlyIn("io.spangraph.server.telemetry..")
                        .use("io.micrometer..", "io.prometheus..")
                        .because("meters are named and bounded in one place"),
                onlyIn("io.spangraph.model..", "io.spangraph.server.config..")
                        .use("org.snakeyaml..")
                        .because("YAML ends in typed records with positions, in the two places that read it"),
                onlyIn("nowhere..")
                        .use("org.apache.groovy..", "groovy..", "scala..", "org.duckdb..", "ch.qos.logback..")
                        .because("script engines, peers and the logging back end are no part of the program"));
    }

    private static String engine(String name) {
        return "io.spangraph.engine." + name + "..";
    }

    private static Arrow from(String origin) {
        return new Arrow(origin);
    }

    private static Home onlyIn(String... packages) {
        return new Home(packages);
    }

    /** The start of a rule about what a package must not depend on. */
    private record Arrow(String origin) {
        ArchRule never(String... targets) {
            return noClasses()
                    .that()
                    .resideInAPackage(origin)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(targets)
                    .allowEmptyShould(true);
        }
    }

    /** The start of a rule about the only packages that may depend on something. */
    private record Home(List<String> packages) {
        Home(String... packages) {
            this(Arrays.asList(packages));
        }

        ArchRule use(String... libraries) {
            return noClasses()
                    .that()
                    .resideOutsideOfPackages(packages.toArray(String[]::new))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(libraries);
        }
    }
}
