package io.spangraph.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LauncherTest {
    private static final int CLASS_FILE_OF_JAVA_17 = 61;

    @Test
    void saysWhatAnOldJavaLacks() {
        assertThat(Launcher.complaint(17, "/opt/jdk-17"))
                .contains("Spangraph needs Java 21 or newer and this is Java 17 (/opt/jdk-17); "
                        + "start it with bin/spangraph, which looks for a newer one, or install one.");
    }

    @Test
    void startsOnTheOldestJavaThatFits() {
        assertThat(Launcher.complaint(21, "/opt/jdk-21")).isEmpty();
    }

    @Test
    void canBeLoadedByTheJavaItComplainsAbout() throws IOException {
        assertThat(classFileVersion(Launcher.class)).isEqualTo(CLASS_FILE_OF_JAVA_17);
    }

    private static int classFileVersion(Class<?> type) throws IOException {
        String name = type.getSimpleName() + ".class";
        try (InputStream bytes = Objects.requireNonNull(type.getResourceAsStream(name), name);
                DataInputStream header = new DataInputStream(bytes)) {
            header.skipBytes(6); // magic number and minor version
            return header.readUnsignedShort();
        }
    }
}
