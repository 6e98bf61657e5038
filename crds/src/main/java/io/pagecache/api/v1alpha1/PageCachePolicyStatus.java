package io.pagecache.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the operator knows of a policy's proxies. Times are RFC 3339 texts in UTC. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PageCachePolicyStatus(
        @JsonPropertyDescription("Generation of the policy that this status describes.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Hash of the plan that the proxies should run.") @Nullable
        String revision,

        @JsonPropertyDescription("DNS name of the Service in front of the proxies.") @Nullable
        String address,

        @JsonPropertyDescription("Accepted, ResolvedRefs, Programmed, Ready and OriginHealthy.") @Nullable
        List<Condition> conditions,

        @JsonPropertyDescription("How many proxies there are.") @Nullable
        Proxies proxies,

        @JsonPropertyDescription("What the proxies have counted, refreshed now and then.") @Nullable
        Stats stats,

        @JsonPropertyDescription("The newest purge asked for by annotation.") @Nullable
        Purge purge,

        @JsonPropertyDescription("The newest warm-up, over all proxies.") @Nullable
        WarmUp warmUp,

        @JsonPropertyDescription("Who has edited since readers last saw the site anew.") @Nullable
        Authors authors) {

    /** @param summary {@code ready/desired}, for the column of that name */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Proxies(
            @JsonPropertyDescription("Pods wanted.") @Nullable
            Integer desired,

            @JsonPropertyDescription("Pods that serve.") @Nullable
            Integer ready,

            @JsonPropertyDescription("Pods that run the current plan.") @Nullable
            Integer programmed,

            @JsonPropertyDescription("Ready of desired, such as 2/2.") @Nullable
            String summary) {

        public static Proxies of(int desired, int ready, int programmed) {
            return new Proxies(desired, ready, programmed, ready + "/" + desired);
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Stats(
            @JsonPropertyDescription("Since when is counted. Proxies that were replaced stay counted.") @Nullable
            String since,

            @JsonPropertyDescription("Client requests.") @Nullable
            Long requests,

            @JsonPropertyDescription("Requests answered with a fresh stored page.") @Nullable
            Long hits,

            @JsonPropertyDescription("Requests answered with what the origin sent for a cacheable request.") @Nullable
            Long misses,

            @JsonPropertyDescription("Requests answered with a stale page.") @Nullable
            Long stale,

            @JsonPropertyDescription("Requests for which the cache was not consulted.") @Nullable
            Long bypassed,

            @JsonPropertyDescription("Requests that a proxy answered with an error of its own.") @Nullable
            Long errors,

            @JsonPropertyDescription("Share of cacheable requests answered from the store, such as 97.3%.") @Nullable
            String hitRatio,

            @JsonPropertyDescription("Share of all requests that the origin did not have to answer, such as 96.8%.")
            @Nullable
            String originOffload,

            @JsonPropertyDescription("Bytes sent to clients.") @Nullable
            Long bytesServed,

            @JsonPropertyDescription("Bytes received from the origin.") @Nullable
            Long bytesFromOrigin,

            @JsonPropertyDescription("Stored pages, variants counted apart, in all proxies together.") @Nullable
            Long objects,

            @JsonPropertyDescription("Bytes of stored pages, in all proxies together.") @Nullable
            Long storeBytes,

            @JsonPropertyDescription("Pages dropped for lack of room.") @Nullable
            Long evictions,

            @JsonPropertyDescription(
                    "Different client addresses of the last 24 hours in all proxies together, within a few per cent. No "
                            + "address is kept.")
            @Nullable
            Long uniqueVisitors,

            @JsonPropertyDescription("Paths that most often could not be stored, most frequent first.") @Nullable
            List<Uncacheable> topUncacheable) {}

    public record Uncacheable(
            @JsonPropertyDescription("Path of the requests.")
            String path,

            @JsonPropertyDescription("Why the answers could not be stored.")
            String reason,

            @JsonPropertyDescription("How many.") Long count) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Purge(
            @JsonPropertyDescription("The annotation's value.") @Nullable
            String token,

            @JsonPropertyDescription(
                    "Pending; Complete: every proxy has acknowledged it; Failed: not within its time, though it "
                            + "stays in force and may still complete; Rejected: the value does not parse and changed nothing.")
            @Nullable
            PurgeState state,

            @JsonPropertyDescription("When the operator saw the value.") @Nullable
            String requestedAt,

            @JsonPropertyDescription("When the last proxy had acknowledged it.") @Nullable
            String completedAt,

            @JsonPropertyDescription("Proxies that have acknowledged it, of those that must, such as 2/2.") @Nullable
            String proxies,

            @JsonPropertyDescription("Stored pages it covered, over all proxies.") @Nullable
            Integer entries,

            @JsonPropertyDescription("Proxies that have not acknowledged it, and why.") @Nullable
            List<String> failures,

            @JsonPropertyDescription("What is wrong with a rejected or failed purge.") @Nullable
            String message) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record WarmUp(
            @JsonPropertyDescription("Names the run: what began it, and when or by which value.") @Nullable
            String id,

            @JsonPropertyDescription("When it was ordered.") @Nullable
            String requestedAt,

            @JsonPropertyDescription(
                    "Running; Done: every proxy has been through it; Cancelled; Failed: the origin of a proxy failed so"
                            + " often that it gave up; Waiting: no proxy takes part yet.")
            @Nullable
            WarmUpState state,

            @JsonPropertyDescription("Proxies that have finished it, of those that take part, such as 1/2.") @Nullable
            String proxies,

            @JsonPropertyDescription("Pages dealt with, over all proxies.") @Nullable
            Integer done,

            @JsonPropertyDescription("Pages known of so far, over all proxies.") @Nullable
            Integer total,

            @JsonPropertyDescription("Pages that could not be fetched, over all proxies.") @Nullable
            Integer failed,

            @JsonPropertyDescription("Pages among those done that could not be kept, over all proxies.") @Nullable
            Integer uncacheable,

            @JsonPropertyDescription("When the last proxy had finished.") @Nullable
            String finishedAt,

            @JsonPropertyDescription("When the schedule begins the next one.") @Nullable
            String nextAt,

            @JsonPropertyDescription("The annotation's value that was taken up last.") @Nullable
            String annotation,

            @JsonPropertyDescription("Number of the newest purge that was taken into account.") @Nullable
            Long purgeSequence,

            @JsonPropertyDescription("Whether the run was cancelled.") @Nullable
            Boolean cancelled,

            @JsonPropertyDescription("What ended or limited the run.") @Nullable
            String message) {}

    public enum WarmUpState {
        @JsonProperty("Waiting")
        WAITING,
        @JsonProperty("Running")
        RUNNING,
        @JsonProperty("Done")
        DONE,
        @JsonProperty("Cancelled")
        CANCELLED,
        @JsonProperty("Failed")
        FAILED
    }

    public record Authors(
            @JsonPropertyDescription("Authors whose edits are not published yet.") @Nullable
            Integer active,

            @JsonPropertyDescription("Each of them, the newest edit first, at most 20.") @Nullable
            List<Author> sessions,

            @JsonPropertyDescription("When the site cuts over, if nobody edits any more until then.") @Nullable
            String cutOverAt,

            @JsonPropertyDescription("When the site last cut over.") @Nullable
            String lastCutOverAt,

            @JsonPropertyDescription(
                    "How far a proxy's clock is off the operator's, when that is more than a second; cut-overs are timed by "
                            + "the operator's clock all the same.")
            @Nullable
            String clockSkew,

            @JsonPropertyDescription("Why the annotation pagecache.io/authors was not followed.") @Nullable
            String message) {}

    public record Author(
            @JsonPropertyDescription("Names the session, to forget it.")
            String id,

            @JsonPropertyDescription("The last edit.") String lastEditAt) {}

    public enum PurgeState {
        @JsonProperty("Pending")
        PENDING,
        @JsonProperty("Complete")
        COMPLETE,
        @JsonProperty("Failed")
        FAILED,
        @JsonProperty("Rejected")
        REJECTED
    }
}
