package io.pagecache.operator.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus.Authors;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus.Purge;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus.PurgeState;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus.WarmUp;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus.WarmUpState;
import io.pagecache.operator.events.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The turns of a status that a person should hear of. */
public final class PolicyNotes {
    private PolicyNotes() {}

    public static List<Note> between(@Nullable PageCachePolicyStatus before, PageCachePolicyStatus after) {
        List<Note> notes = new ArrayList<>();
        List<Condition> old = before == null ? null : before.conditions();
        for (Watched watched : Watched.values()) {
            Conditions.find(after.conditions(), watched.type)
                    .flatMap(now -> watched.turn(Conditions.find(old, watched.type), now))
                    .ifPresent(notes::add);
        }
        purgeTurn(before == null ? null : before.purge(), after.purge()).ifPresent(notes::add);
        warmUpTurn(before == null ? null : before.warmUp(), after.warmUp()).ifPresent(notes::add);
        cutOver(before == null ? null : before.authors(), after.authors()).ifPresent(notes::add);
        return notes;
    }

    private static Optional<Note> cutOver(@Nullable Authors before, @Nullable Authors after) {
        String at = after == null ? null : after.lastCutOverAt();
        boolean isNews = at != null && before != null && !at.equals(before.lastCutOverAt());
        return isNews
                ? Optional.of(
                        Note.normal("CutOver", "Publish", "All proxies cut over to the authors' edits at " + at + "."))
                : Optional.empty();
    }

    /** The state of a purge that has just reached one that lasts. */
    public static Optional<String> finishedPurge(@Nullable PageCachePolicyStatus before, PageCachePolicyStatus after) {
        return turned(before == null ? null : before.purge(), after.purge())
                .map(Purge::state)
                .filter(state -> state != PurgeState.PENDING)
                .map(state -> switch (state) {
                    case PENDING -> "pending";
                    case COMPLETE -> "complete";
                    case FAILED -> "failed";
                    case REJECTED -> "rejected";
                });
    }

    /** Conditions whose turns are news. Programmed turns with every rollout: only a refusal is news there. */
    private enum Watched {
        ACCEPTED(ConditionType.ACCEPTED, "Accept"),
        RESOLVED_REFS(ConditionType.RESOLVED_REFS, "ResolveReferences"),
        PROGRAMMED(ConditionType.PROGRAMMED, "Program") {
            @Override
            boolean isNews(Condition now) {
                return "RefusedByProxy".equals(now.getReason());
            }
        },
        READY(ConditionType.READY, "RunProxies") {
            @Override
            boolean isNews(Condition now) {
                return !"ProxiesNotReady".equals(now.getReason());
            }
        },
        ORIGIN_HEALTHY(ConditionType.ORIGIN_HEALTHY, "WatchOrigin") {
            @Override
            boolean isNews(Condition now) {
                return !"BackendNotFound".equals(now.getReason());
            }
        };

        private final ConditionType type;
        private final String action;

        Watched(ConditionType type, String action) {
            this.type = type;
            this.action = action;
        }

        boolean isNews(Condition now) {
            return true;
        }

        /** Good news only when something was bad before. */
        private Optional<Note> turn(Optional<Condition> before, Condition now) {
            boolean good = "True".equals(now.getStatus());
            boolean same = before.filter(old -> old.getStatus().equals(now.getStatus())
                            && (good || Objects.equals(old.getMessage(), now.getMessage())))
                    .isPresent();
            boolean wasBad =
                    before.filter(old -> "False".equals(old.getStatus())).isPresent();
            if (same || (good && !wasBad) || "Unknown".equals(now.getStatus()) || !isNews(now)) {
                return Optional.empty();
            }
            return Optional.of(
                    good
                            ? Note.normal(now.getReason(), action, now.getMessage())
                            : Note.warning(now.getReason(), action, now.getMessage()));
        }
    }

    private static Optional<Note> purgeTurn(@Nullable Purge before, @Nullable Purge after) {
        return turned(before, after).flatMap(purge -> switch (Objects.requireNonNull(purge.state())) {
            case PENDING -> Optional.empty();
            case COMPLETE ->
                Optional.of(Note.normal(
                        "Purged",
                        "Purge",
                        "'%s' purged %d pages on %s proxies."
                                .formatted(purge.token(), purge.entries(), purge.proxies())));
            case FAILED ->
                Optional.of(Note.warning(
                        "PurgeFailed",
                        "Purge",
                        "'%s': %s %s".formatted(purge.token(), purge.message(), purge.failures())));
            case REJECTED ->
                Optional.of(
                        Note.warning("PurgeRejected", "Purge", "'%s': %s".formatted(purge.token(), purge.message())));
        });
    }

    private static Optional<Note> warmUpTurn(@Nullable WarmUp before, @Nullable WarmUp after) {
        WarmUpState state = after == null ? null : after.state();
        if (after == null || state == null) {
            return Optional.empty();
        }
        if (before != null && before.state() == state && Objects.equals(before.id(), after.id())) {
            return Optional.empty();
        }
        return switch (state) {
            case WAITING, RUNNING -> Optional.empty();
            case DONE ->
                Optional.of(Note.normal(
                        "WarmedUp",
                        "WarmUp",
                        "'%s' went through %d pages on %s proxies, %d failed."
                                .formatted(after.id(), after.done(), after.proxies(), after.failed())));
            case CANCELLED -> Optional.of(Note.normal("WarmUpCancelled", "WarmUp", "'%s'.".formatted(after.id())));
            case FAILED ->
                Optional.of(Note.warning("WarmUpFailed", "WarmUp", "'%s': %s".formatted(after.id(), after.message())));
        };
    }

    private static Optional<Purge> turned(@Nullable Purge before, @Nullable Purge after) {
        if (after == null) {
            return Optional.empty();
        }
        boolean same =
                before != null && before.state() == after.state() && Objects.equals(before.token(), after.token());
        return same ? Optional.empty() : Optional.of(after);
    }
}
