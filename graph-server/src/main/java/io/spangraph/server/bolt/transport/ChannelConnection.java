package io.spangraph.server.bolt.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.spangraph.model.value.Value.EdgeId;
import io.spangraph.model.value.Value.VertexId;
import io.spangraph.server.bolt.message.BoltResponse;
import io.spangraph.server.bolt.message.ProtocolVersion;
import io.spangraph.server.bolt.message.ResponseWriter;
import io.spangraph.server.bolt.packstream.PackStreamWriter;
import io.spangraph.server.bolt.packstream.ValueForm;
import io.spangraph.server.bolt.packstream.ValueWriter;
import io.spangraph.server.value.ElementIds;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A connection over a channel. Responses are encoded on the thread that writes them; the buffer exists only between a
 * write and the next flush, so that an idle connection holds none.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failure closes the connection, and that is seen
final class ChannelConnection implements BoltConnection {
    /** How long a message may be before the client has logged in. */
    static final int STRANGERS_MESSAGE_BYTES = 64 << 10;

    private static final int FIRST_BUFFER_BYTES = 1 << 10;
    private static final int FLUSH_BYTES = 32 << 10;
    private static final int QUEUED_BYTES = 256 << 10;

    private final Channel channel;
    private final InetAddress client;
    private final String id;
    private final ProtocolVersion version;
    private final boolean manifest;
    private final int messageBytes;
    private final LoginGuard guard;
    private final ResponseWriter responses;
    private final Object outputLock = new Object();
    private final AtomicInteger queuedBytes = new AtomicInteger();

    private @Nullable ByteBuf output;
    private boolean outputClosed;
    private boolean endTold;
    private Runnable resume = () -> {};
    private Runnable closed = () -> {};
    private Runnable writable = () -> {};
    private volatile boolean heldUp;
    private volatile Intake intake = Intake.ON;
    private volatile boolean requestsWanted = true;
    private volatile boolean known;
    private volatile ValueForm form;
    private volatile ElementIds ids = new NobodysElementIds();

    ChannelConnection(
            Channel channel, String id, ProtocolVersion version, boolean manifest, int messageBytes, LoginGuard guard) {
        this.channel = channel;
        // A connection that is already gone no longer says from where it was.
        this.client = channel.remoteAddress() instanceof InetSocketAddress socket
                ? socket.getAddress()
                : InetAddress.getLoopbackAddress();
        this.id = id;
        this.version = version;
        this.manifest = manifest;
        this.messageBytes = messageBytes;
        this.guard = guard;
        this.responses = new ResponseWriter(version);
        this.form = version.valueForm();
    }

    /** Whether requests are taken in: not for a while, or never again. */
    enum Intake {
        ON,
        PAUSED,
        OFF
    }

    @Override
    public String id() {
        return id;
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
        return String.valueOf(channel.remoteAddress());
    }

    @Override
    public InetAddress clientAddress() {
        return client;
    }

    @Override
    public void nameElements(ElementIds names) {
        ids = names;
    }

    @Override
    public void authenticated() {
        if (!known) {
            known = true;
            onEventLoop(() -> {
                guard.retire();
                channel.config().setAutoRead(intake != Intake.PAUSED);
            });
        }
    }

    @Override
    public void write(BoltResponse response) {
        synchronized (outputLock) {
            if (outputClosed) {
                return;
            }
            ByteBuf buffer = buffer();
            Chunks.write(buffer, out -> {
                PackStreamWriter packed = new PackStreamWriter(out);
                responses.write(response, packed, new ValueWriter(packed, form, ids));
            });
            if (buffer.readableBytes() >= FLUSH_BYTES) {
                send();
            }
        }
    }

    @Override
    public void flush() {
        synchronized (outputLock) {
            send();
        }
    }

    @Override
    public void writeNoop() {
        synchronized (outputLock) {
            if (!outputClosed) {
                buffer().writeShort(0);
                send();
            }
        }
    }

    private ByteBuf buffer() {
        ByteBuf buffer = output;
        if (buffer == null) {
            buffer = channel.alloc().buffer(FIRST_BUFFER_BYTES);
            output = buffer;
        }
        return buffer;
    }

    /**
     * Sends in the order of the calls: what another thread sends waits in the queue of the event loop, so the event loop
     * itself must not send past that queue.
     */
    private void send() {
        ByteBuf buffer = output;
        if (buffer == null) {
            return;
        }
        output = null;
        if (!channel.eventLoop().inEventLoop()) {
            channel.writeAndFlush(buffer, channel.voidPromise());
            return;
        }
        int size = buffer.readableBytes();
        queuedBytes.addAndGet(size);
        try {
            channel.eventLoop().execute(() -> {
                channel.writeAndFlush(buffer, channel.voidPromise());
                queuedBytes.addAndGet(-size);
                if (heldUp) {
                    tellWritable();
                }
            });
        } catch (RejectedExecutionException e) {
            buffer.release();
        }
    }

    @Override
    public boolean isWritable() {
        if (hasRoom()) {
            return true;
        }
        heldUp = true;
        return hasRoom(); // asked again, because room that came up meanwhile was told to nobody
    }

    /** The channel does not count what waits for its own event loop. */
    private boolean hasRoom() {
        return channel.isWritable() && queuedBytes.get() < QUEUED_BYTES;
    }

    /** Tells the session that there is room, if there is; on the event loop. */
    void tellWritable() {
        if (hasRoom() && channel.isActive()) {
            heldUp = false;
            writable.run();
        }
    }

    @Override
    public void readRequests(boolean on) {
        requestsWanted = on;
        if (!on && channel.eventLoop().inEventLoop()) {
            changeIntake(); // at once, before the next of the messages that have already arrived
        } else {
            onEventLoop(this::changeIntake);
        }
    }

    private void changeIntake() {
        boolean on = requestsWanted;
        if (intake != Intake.OFF) {
            intake = on ? Intake.ON : Intake.PAUSED;
            channel.config().setAutoRead(on);
            if (on) {
                resume.run();
            }
        }
    }

    @Override
    public void close() {
        synchronized (outputLock) {
            send();
            outputClosed = true;
        }
        intake = Intake.OFF;
        onEventLoop(() -> {
            GracefulClose.start(channel);
            ended();
        });
    }

    @Override
    public void abort() {
        intake = Intake.OFF;
        channel.close();
    }

    /** Runs it there, also when called from there; not at all once the server has stopped. */
    void onEventLoop(Runnable task) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            ended();
        }
    }

    void onResume(Runnable action) {
        resume = action;
    }

    void onClosed(Runnable action) {
        closed = action;
    }

    void onWritable(Runnable action) {
        writable = action;
    }

    Intake intake() {
        return intake;
    }

    boolean takesRequests() {
        return intake != Intake.OFF;
    }

    /** After a message that is none, whatever follows cannot be understood. */
    void stopIntake() {
        intake = Intake.OFF;
        channel.config().setAutoRead(true);
    }

    ValueForm form() {
        return form;
    }

    void useUtcDateTimes() {
        form = form.withUtcDateTimes();
    }

    /** Checks the length of a message that is arriving. */
    void checkMessageBytes(long length) {
        if (length > messageBytes) {
            throw new MalformedMessageException("The message is longer than " + messageBytes
                    + " bytes, which is as much as limits.request-bytes allows.");
        }
        if (length > STRANGERS_MESSAGE_BYTES && !known) {
            throw new MalformedMessageException("The message is longer than " + STRANGERS_MESSAGE_BYTES
                    + " bytes, which is as much as a client may send before it has logged in.");
        }
    }

    /** Nothing goes out any more, and nothing comes in. */
    void ended() {
        intake = Intake.OFF;
        boolean first;
        synchronized (outputLock) {
            outputClosed = true;
            first = !endTold;
            endTold = true;
            if (output != null) {
                output.release();
                output = null;
            }
        }
        if (first) {
            closed.run();
        }
    }

    /** Before anybody has logged in there is nothing to name. */
    private static final class NobodysElementIds implements ElementIds {
        @Override
        public String of(VertexId vertex) {
            throw new IllegalStateException("a node was sent before a principal was known");
        }

        @Override
        public String of(EdgeId edge) {
            throw new IllegalStateException("a relationship was sent before a principal was known");
        }
    }
}
