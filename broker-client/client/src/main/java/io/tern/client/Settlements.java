package io.tern.client;

import io.tern.proto.messaging.MessageError;
import io.tern.proto.messaging.NegativeAcknowledgement;
import io.tern.proto.messaging.Settle;
import io.tern.proto.messaging.SettleFailure;
import io.tern.proto.messaging.Settled;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settlements of one stream: those gathered, and those asked for without an answer. While two
 * requests wait for their answers the next ones gather, so a fast consumer has large requests.
 * {@link ConsumeFlow} owns it and holds a lock whenever it calls.
 */
final class Settlements {
  private final ArrayDeque<Settlement> gathered = new ArrayDeque<>();
  private final Map<Long, Settlement> asked = new LinkedHashMap<>();
  private final ArrayDeque<Request> requests = new ArrayDeque<>();

  /** A request and how many of its settlements have no answer. */
  private static final class Request {
    final List<Long> deliveries = new ArrayList<>();
  }

  /** What the server said of one settlement; the error is null when it is done. */
  record Answer(Settlement settlement, @Nullable TernClientException error) {}

  void add(Settlement settlement) {
    gathered.addLast(settlement);
  }

  boolean isEmpty() {
    return gathered.isEmpty() && asked.isEmpty();
  }

  /** The next request; null when nothing was gathered or enough is asked for. */
  @Nullable Settle nextRequest() {
    if (gathered.isEmpty() || requests.size() >= ClientLimits.SETTLES_IN_FLIGHT) {
      return null;
    }
    Settle.Builder settle = Settle.newBuilder();
    Request request = new Request();
    while (!gathered.isEmpty() && request.deliveries.size() < ClientLimits.SETTLE_MESSAGES) {
      Settlement next = gathered.removeFirst();
      long delivery = next.message().delivery();
      if (next.acknowledges()) {
        settle.addAcknowledged(delivery);
      } else {
        settle.addRejected(
            NegativeAcknowledgement.newBuilder()
                .setDelivery(delivery)
                .setVisibleAfterSeconds(next.delaySeconds()));
      }
      asked.put(delivery, next);
      request.deliveries.add(delivery);
    }
    requests.addLast(request);
    return settle.build();
  }

  /** The settlements that an answer is about. */
  List<Answer> answered(Settled settled) {
    List<Answer> answers = new ArrayList<>();
    for (long delivery : settled.getDoneList()) {
      Settlement done = asked.remove(delivery);
      if (done != null) {
        answers.add(new Answer(done, null));
      }
    }
    for (SettleFailure failure : settled.getFailedList()) {
      Settlement failed = asked.remove(failure.getDelivery());
      if (failed != null) {
        MessageError error = failure.getError();
        answers.add(
            new Answer(
                failed,
                new TernClientException(
                    error.getCode(), error.getMessage(), !error.getSenderFault())));
      }
    }
    requests.removeIf(request -> request.deliveries.stream().noneMatch(asked::containsKey));
    return answers;
  }

  /** All that have no answer, because the stream is over. */
  List<Settlement> takeAll() {
    List<Settlement> all = new ArrayList<>(asked.values());
    all.addAll(gathered);
    asked.clear();
    gathered.clear();
    requests.clear();
    return all;
  }
}
