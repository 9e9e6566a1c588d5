package io.spangraph.server.bolt.session;

import io.spangraph.server.bolt.message.BoltResponse;
import io.spangraph.server.bolt.message.ProtocolVersion;
import io.spangraph.server.bolt.transport.BoltConnection;
import io.spangraph.server.value.ElementIds;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A connection in memory: hands out what was flushed, and takes no more than a test wants it to. */
final class TestConnection implements BoltConnection {
    private final ProtocolVersion version;
    private final boolean manifest;
    private final List<BoltResponse> written = new ArrayList<>();
    private final BlockingQueue<BoltResponse> sent = new LinkedBlockingQueue<>();
    private volatile boolean writable = true;
    private volatile boolean closed;
    private volatile boolean aborted;
    private volatile boolean known;
    private volatile boolean reading = true;
    private final AtomicInteger noops = new AtomicInteger();

    TestConnection(ProtocolVersion version, boolean manifest) {
        this.version = version;
        this.manifest = manifest;
    }

    @Override
    public String id() {
        return "bolt-1";
    }

    @Override
    public ProtocolVersion version() {
        return version;
    }

    @Override
    public boolean isManifestHandshake() {
        return manifest;
    }

    @Override
    public String remoteAddress() {
        return "127.0.0.1:1";
    }

    @Override
    public InetAddress clientAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public void nameElements(ElementIds ids) {
        // Elements are not packed here.
    }

    @Override
    public void authenticated() {
        known = true;
    }

    @Override
    public void write(BoltResponse response) {
        written.add(response);
    }

    @Override
    public void flush() {
        sent.addAll(written);
        written.clear();
    }

    @Override
    public void writeNoop() {
        noops.incrementAndGet();
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public void readRequests(boolean on) {
        reading = on;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public void abort() {
        aborted = true;
    }

    BlockingQueue<BoltResponse> sent() {
        return sent;
    }

    void writable(boolean now) {
        writable = now;
    }

    boolean isClosed() {
        return closed;
    }

    boolean isAborted() {
        return aborted;
    }

    boolean isKnown() {
        return known;
    }

    boolean isReading() {
        return reading;
    }

    int noops() {
        return noops.get();
    }
}
