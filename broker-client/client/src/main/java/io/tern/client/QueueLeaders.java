package io.tern.client;

import io.tern.proto.messaging.LocateRequest;
import io.tern.proto.messaging.LocateResult;
import io.tern.proto.messaging.MessagingGrpc;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Where the leaders of queues are, asked once and remembered until a call to one fails or some time
 * has passed. Streams and unary calls ask here before they choose a connection.
 */
final class QueueLeaders {
  private final Channels channels;
  private final Map<String, Place> places = new LinkedHashMap<>(16, 0.75f, true);

  QueueLeaders(Channels channels) {
    this.channels = channels;
  }

  private record Place(String address, long askedAtMillis) {}

  /**
   * The address of the node that leads a queue; of an endpoint, when nobody is known to lead: every
   * node serves every queue. Ends with an error when the endpoint in turn says that there is no
   * such queue, or cannot be asked.
   */
  CompletableFuture<String> find(String queueUrl) {
    Optional<String> known = known(queueUrl);
    if (known.isPresent()) {
      return CompletableFuture.completedFuture(known.get());
    }
    String asked = channels.endpoint();
    LocateRequest question = LocateRequest.newBuilder().setQueueUrl(queueUrl).build();
    return OneCall.of(
            channels.to(asked),
            MessagingGrpc.getLocateMethod(),
            question,
            ClientLimits.LOCATE_MILLIS)
        .whenComplete((answer, failure) -> {
          if (failure != null && TernClientException.of(failure).retryable()) {
            channels.failed(asked);
          }
        })
        .thenApply(answer -> remembered(queueUrl, answer, asked));
  }

  /** A call to this address failed, so who leads is asked for again. */
  synchronized void forget(String queueUrl, String address) {
    Place place = places.get(queueUrl);
    if (place != null && place.address().equals(address)) {
      places.remove(queueUrl);
    }
  }

  /** The address of the leader as it was told lately; empty when nobody told. */
  synchronized Optional<String> known(String queueUrl) {
    Place place = places.get(queueUrl);
    if (place == null || Ticker.millis() - place.askedAtMillis() > ClientLimits.LEADER_MILLIS) {
      return Optional.empty();
    }
    return Optional.of(place.address());
  }

  private synchronized String remembered(String queueUrl, LocateResult answer, String asked) {
    if (answer.getAddress().isEmpty()) {
      return asked;
    }
    places.put(queueUrl, new Place(answer.getAddress(), Ticker.millis()));
    if (places.size() > ClientLimits.LEADERS) {
      places.remove(places.keySet().iterator().next());
    }
    return answer.getAddress();
  }
}
