package io.pagecache.proxy.origin;

/** Tells two listeners. */
public record AllTraffic(OriginTraffic first, OriginTraffic second) implements OriginTraffic {

    @Override
    public void sent() {
        first.sent();
        second.sent();
    }

    @Override
    public void received(long bytes) {
        first.received(bytes);
        second.received(bytes);
    }

    @Override
    public void answered(int status, long micros) {
        first.answered(status, micros);
        second.answered(status, micros);
    }

    @Override
    public void refused(AnswerFault fault) {
        first.refused(fault);
        second.refused(fault);
    }

    @Override
    public void failed(OriginFailure failure) {
        first.failed(failure);
        second.failed(failure);
    }
}
