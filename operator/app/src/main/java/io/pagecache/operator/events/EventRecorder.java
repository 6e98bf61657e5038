package io.pagecache.operator.events;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.pagecache.operator.config.OperatorConfig;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jboss.logging.Logger;

/** Writes Events. They are a courtesy: one that cannot be written is logged and never fails a pass. */
@Singleton
public class EventRecorder {
    private static final Logger log = Logger.getLogger(EventRecorder.class);
    private static final String CONTROLLER = "pagecache.io/operator";
    private static final int MAX_NOTE_LENGTH = 1024;
    private static final DateTimeFormatter MICRO_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final KubernetesClient client;
    private final Clock clock;
    private final String instance;

    public EventRecorder(KubernetesClient client, OperatorConfig config, Clock clock) {
        this.client = client;
        this.clock = clock;
        this.instance = config.leaderElection().identity().orElseGet(EventRecorder::hostName);
    }

    /** Writes the note as an Event of the object it is about. */
    public void record(HasMetadata regarding, Note note) {
        try {
            client.resource(event(regarding, note)).create();
        } catch (KubernetesClientException e) {
            log.warnf(
                    "The Event %s of %s could not be written: %s",
                    note.reason(), regarding.getMetadata().getName(), e.getMessage());
        }
    }

    private Event event(HasMetadata regarding, Note note) {
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(regarding.getMetadata().getNamespace())
                .withGenerateName(regarding.getMetadata().getName() + "-")
                .endMetadata()
                .withEventTime(new MicroTime(MICRO_TIME.format(clock.instant())))
                .withReportingController(CONTROLLER)
                .withReportingInstance(instance)
                .withType(note.severity().toString())
                .withReason(note.reason())
                .withAction(note.action())
                .withNote(shortened(note.text()))
                .withNewRegarding()
                .withApiVersion(regarding.getApiVersion())
                .withKind(regarding.getKind())
                .withNamespace(regarding.getMetadata().getNamespace())
                .withName(regarding.getMetadata().getName())
                .withUid(regarding.getMetadata().getUid())
                .endRegarding()
                .build();
    }

    private static String shortened(String text) {
        return text.length() <= MAX_NOTE_LENGTH ? text : text.substring(0, MAX_NOTE_LENGTH - 1) + "…";
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "pagecache-operator";
        }
    }
}
