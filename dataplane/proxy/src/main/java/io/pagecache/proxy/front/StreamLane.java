package io.pagecache.proxy.front;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.AttributeKey;
import io.pagecache.proxy.link.Link;
import java.util.Objects;

/**
 * The fast path of one HTTP/2 connection. It stands between the library's decoder and the server: what is known is answered here, and
 * the server never hears of it.
 */
final class StreamLane extends Http2FrameListenerDecorator {
    private static final AttributeKey<StreamLane> ATTRIBUTE = AttributeKey.valueOf(StreamLane.class, "lane");
    private static final String FORWARDED_FOR = "x-forwarded-for";

    /** Longer answers are not kept: they gain nothing that a copy would not cost. */
    private static final int MAX_BODY = 256 * 1024;

    /** The form of a request on its way through the full chain, in case its answer can be kept. */
    private record Awaited(byte[] form, int hash) {}

    private final FrontLoop loop;
    private final FastPath path;
    private final Http2ConnectionHandler library;
    private final Http2Connection connection;
    private final Http2ConnectionEncoder encoder;
    private final Http2Connection.PropertyKey awaited;
    private final Http2Connection.PropertyKey hasBody;
    private final ByteBufAllocator allocator;
    private final FastPeer peer = new FastPeer();

    /** Whether the library has written a header block since the client's last settings. */
    private boolean settled;

    private StreamLane(Channel channel, Http2ConnectionHandler library, FrontLoop loop) {
        super(library.decoder().frameListener());
        this.allocator = channel.alloc();
        this.loop = loop;
        this.path = loop.fastPath;
        this.library = library;
        this.connection = library.connection();
        this.encoder = library.encoder();
        this.awaited = connection.newKey();
        this.hasBody = connection.newKey();
    }

    /** To be called on the connection's event loop before its first frame of a request. */
    static void install(Channel channel, Http2ConnectionHandler library, FrontLoop loop) {
        StreamLane lane = new StreamLane(channel, library, loop);
        library.decoder().frameListener(lane);
        channel.attr(ATTRIBUTE).set(lane);
        loop.addStreamLane(channel.eventLoop());
        channel.closeFuture().addListener(closed -> loop.removeStreamLane());
    }

    /** Keeps the answer on this stream if its request was one that comes again. */
    static void offer(Channel channel, int stream, FastTicket ticket, Http2Headers head, ByteBuf body) {
        StreamLane lane = channel.attr(ATTRIBUTE).get();
        if (lane != null) {
            lane.keep(stream, ticket, head, body);
        }
    }

    private void keep(int stream, FastTicket ticket, Http2Headers head, ByteBuf body) {
        Http2Stream open = connection.stream(stream);
        Awaited request = open == null ? null : open.removeProperty(awaited);
        int bodyBytes = body.readableBytes();
        if (request != null && bodyBytes <= MAX_BODY) {
            ByteBuf copy = allocator.directBuffer(bodyBytes).writeBytes(body, body.readerIndex(), bodyBytes);
            StreamHead known = StreamHead.of(head, allocator);
            path.table.put(new FastTable.Entry(request.form(), request.hash(), known, copy, bodyBytes, ticket));
        }
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context, int stream, Http2Headers fields, int padding, boolean endOfStream)
            throws Http2Exception {
        if (!answer(context, stream, fields, endOfStream)) {
            super.onHeadersRead(context, stream, fields, padding, endOfStream);
        }
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context,
            int stream,
            Http2Headers fields,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean endOfStream)
            throws Http2Exception {
        if (!answer(context, stream, fields, endOfStream)) {
            super.onHeadersRead(context, stream, fields, dependency, weight, exclusive, padding, endOfStream);
        }
    }

    private boolean answer(ChannelHandlerContext context, int stream, Http2Headers fields, boolean endOfStream) {
        Http2Stream known = connection.stream(stream);
        if (known == null || !endOfStream) {
            if (known != null) {
                known.setProperty(hasBody, true);
            }
            return false;
        }
        FastPlan plan = path.plan();
        boolean isTrailer = known.getProperty(hasBody) != null;
        return plan != null && !isTrailer && !loop.isDraining() && answer(context, known, fields, plan);
    }

    private boolean answer(ChannelHandlerContext context, Http2Stream stream, Http2Headers fields, FastPlan plan) {
        Channel channel = context.channel();
        if (!path.fillForm(fields, peer.classUnder(plan, channel), plan)) {
            return false;
        }
        FastTable.Entry entry = path.find(plan);
        if (entry == null) {
            if (path.table.comesAgain(path.form.hash())) {
                stream.setProperty(awaited, new Awaited(path.form.copy(), path.form.hash()));
            }
            return false;
        }
        FastTicket.Hits hits = entry.ticket().hits();
        if (hits.wantsLog()) {
            FastTicket.chooseForLog(channel);
            return false;
        }
        write(context, stream, entry);
        path.hits.increment();
        hits.repeated(entry.bodyBytes());
        tellVisitor(channel, fields, hits);
        return true;
    }

    /** The library sends it when it has read what has come. */
    private void write(ChannelHandlerContext context, Http2Stream stream, FastTable.Entry entry) {
        StreamHead head = Objects.requireNonNull(entry.head());
        if (settled && head.isOneFrame() && takeWindow(context.channel(), stream, entry.bodyBytes())) {
            writeFrames(context, stream, head, entry.answer());
            return;
        }
        settled = true;
        boolean empty = entry.bodyBytes() == 0;
        encoder.writeHeaders(context, stream.id(), head.fields(), 0, empty, context.newPromise());
        if (!empty) {
            encoder.writeData(context, stream.id(), entry.answer().retainedDuplicate(), 0, true, context.newPromise());
        }
    }

    /** Whether so much may be sent at once; then it counts as sent. The window of the stream itself is of no use any more. */
    private boolean takeWindow(Channel channel, Http2Stream stream, int bytes) {
        Http2RemoteFlowController windows = encoder.flowController();
        Http2Stream whole = connection.connectionStream();
        if (!channel.isWritable()) {
            channel.flush();
        }
        if (!channel.isWritable() || bytes > windows.windowSize(stream) || bytes > windows.windowSize(whole)) {
            return false;
        }
        try {
            windows.incrementWindowSize(whole, -bytes);
            return true;
        } catch (Http2Exception impossible) {
            throw new IllegalStateException("a window cannot overflow by becoming smaller", impossible);
        }
    }

    /*
     * Frames as octets, past the library's encoder: its promises and queues cost more than all the rest. What it must know, that
     * the window is smaller and the stream over, it is told.
     */
    private void writeFrames(ChannelHandlerContext context, Http2Stream stream, StreamHead head, ByteBuf body) {
        int at = body.readerIndex();
        int left = body.readableBytes();
        context.write(head.frame(allocator, stream.id(), left), context.voidPromise());
        while (left > 0) {
            int part = Math.min(left, StreamHead.MAX_FRAME);
            context.write(body.retainedSlice(at, part), context.voidPromise());
            at += part;
            left -= part;
            if (left > 0) {
                ByteBuf next = allocator.directBuffer(Http2CodecUtil.FRAME_HEADER_LENGTH);
                context.write(StreamHead.writeDataHeader(next, stream.id(), left), context.voidPromise());
            }
        }
        library.closeStreamLocal(stream, context.newSucceededFuture());
    }

    /** A smaller header table has to be confirmed at the head of the next header block, which only the library can do. */
    @Override
    public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings) throws Http2Exception {
        settled = false;
        super.onSettingsRead(context, settings);
    }

    private void tellVisitor(Channel channel, Http2Headers fields, FastTicket.Hits hits) {
        CharSequence forwardedFor = peer.speaksForOthers() ? fields.get(FORWARDED_FOR) : null;
        if (peer.isAnother(forwardedFor == null ? 1 : forwardedFor.hashCode())) {
            hits.visitor(Link.peer(channel), forwardedFor == null ? null : forwardedFor.toString());
        }
    }
}
