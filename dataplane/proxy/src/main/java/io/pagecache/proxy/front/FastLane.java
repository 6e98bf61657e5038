package io.pagecache.proxy.front;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.pagecache.proxy.link.Link;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One connection's way through the fast path: repeats answers, and takes down those that may be repeated. */
final class FastLane {
    private static final byte[] FORWARDED_FOR = Octets.ascii("x-forwarded-for");
    private static final byte[] END_OF_HEAD = Octets.ascii("\r\n\r\n");

    /** Longer answers are not taken down: they gain nothing that a copy would not cost. */
    private static final int MAX_ANSWER = 256 * 1024;

    private final FastPath path;
    private final FastPeer peer = new FastPeer();
    private byte @Nullable [] form;
    private int hash;
    private @Nullable FastTicket ticket;
    private @Nullable ByteBuf taken;
    private boolean unflushed;

    FastLane(FastPath path) {
        this.path = path;
    }

    /** Writes the answer to this request if it is known; else remembers the request's form, in case its answer can be kept. */
    boolean answer(ChannelHandlerContext context, byte[] bytes, RequestHead head) {
        form = null;
        FastPlan plan = path.plan();
        if (plan == null || !path.fillForm(bytes, head, peer.classUnder(plan, context.channel()), plan)) {
            return false;
        }
        FastTable.Entry entry = path.find(plan);
        if (entry == null) {
            if (path.table.comesAgain(path.form.hash())) {
                form = path.form.copy();
                hash = path.form.hash();
            }
            return false;
        }
        FastTicket.Hits hits = entry.ticket().hits();
        if (hits.wantsLog()) {
            FastTicket.chooseForLog(context.channel());
            return false;
        }
        context.write(entry.answer().retainedDuplicate(), context.voidPromise());
        unflushed = true;
        path.hits.increment();
        hits.repeated(entry.bodyBytes());
        tellVisitor(context, bytes, head, hits);
        return true;
    }

    /** Sends what has been written here. */
    void flush(ChannelHandlerContext context) {
        if (unflushed) {
            unflushed = false;
            context.flush();
        }
    }

    private void tellVisitor(ChannelHandlerContext context, byte[] bytes, RequestHead head, FastTicket.Hits hits) {
        int field = peer.speaksForOthers() ? head.find(bytes, FORWARDED_FOR) : -1;
        int told = 1;
        for (int i = field < 0 ? 0 : head.valueStart(field); field >= 0 && i < head.valueEnd(field); i++) {
            told = 31 * told + bytes[i];
        }
        if (peer.isAnother(told)) {
            hits.visitor(Link.peer(context.channel()), field < 0 ? null : valueOf(bytes, head, field));
        }
    }

    private static String valueOf(byte[] bytes, RequestHead head, int field) {
        int start = head.valueStart(field);
        return new String(bytes, start, head.valueEnd(field) - start, StandardCharsets.ISO_8859_1);
    }

    /** The full chain begins its answer: with a ticket it is taken down. */
    void answerBegins(ChannelHandlerContext context, boolean isLast) {
        FastTicket offered = context.channel().attr(FastTicket.ATTRIBUTE).getAndSet(null);
        if (offered != null && form != null && !isLast) {
            ticket = offered;
            taken = context.alloc().directBuffer();
        }
    }

    /** Something of the answer leaves. */
    void written(Object message) {
        ByteBuf copy = taken;
        if (copy == null) {
            return;
        }
        if (message instanceof ByteBuf bytes && copy.readableBytes() + bytes.readableBytes() <= MAX_ANSWER) {
            copy.writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
        } else {
            forget();
        }
    }

    void answerEnds() {
        ByteBuf copy = taken;
        byte[] key = form;
        FastTicket valid = ticket;
        form = null;
        if (copy != null && key != null && valid != null) {
            taken = null;
            path.table.put(new FastTable.Entry(key, hash, null, copy, bodyBytes(copy), valid));
        }
    }

    private static int bodyBytes(ByteBuf answer) {
        int end = ByteBufUtil.indexOf(Unpooled.wrappedBuffer(END_OF_HEAD), answer);
        return end < 0 ? 0 : answer.readableBytes() - end - END_OF_HEAD.length;
    }

    /** What was taken down is not to be kept. */
    void forget() {
        ticket = null;
        if (taken != null) {
            taken.release();
            taken = null;
        }
    }
}
