package io.spangraph.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Clients that npm installs, as their lock files say. */
final class NodePackages {
    private NodePackages() {}

    /** The folder into which the client is installed, once for each build folder. */
    static synchronized Path installed(String id) {
        Path target = Path.of("target", "npm", id).toAbsolutePath();
        Path done = target.resolve("installed");
        if (Files.exists(done)) {
            return target;
        }
        try {
            Files.createDirectories(target);
            for (String file : new String[] {"package.json", "package-lock.json"}) {
                Files.copy(Client.folder(id).resolve(file), target.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
            Process npm = new ProcessBuilder("npm", "ci", "--legacy-peer-deps", "--no-audit", "--no-fund")
                    .directory(target.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(npm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (npm.waitFor() != 0) {
                throw new IllegalStateException("npm ci in " + target + " failed: " + said);
            }
            Files.createFile(done);
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
