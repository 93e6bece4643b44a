package io.tern.client;

import io.grpc.Channel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.tern.proto.messaging.MessagingGrpc;
import io.tern.proto.messaging.ProduceRequest;
import io.tern.proto.messaging.ProduceResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One Produce stream and the batches on their way in it. {@link ProduceFlow} opens it, and holds
 * its own lock whenever it calls.
 */
final class ProduceStream {
  private final String queueUrl;
  private final String address;
  private final ClientCallStreamObserver<ProduceRequest> requests;
  private final Map<Long, Flight> flights = new LinkedHashMap<>();
  private final long openedAtMillis = Ticker.millis();
  private long landedAtMillis;
  private long lastBatch;
  private boolean leaving;
  private boolean ready;

  /** A batch without an answer. */
  record Flight(List<PendingMessage> messages, long sentAtMillis) {}

  /** Who is told; calls come from gRPC's threads, one after another. */
  interface Listener {
    /** The connection stands; only now may batches be sent. */
    void onReady();

    void onAnswer(ProduceResponse answer);

    /** The stream is over; null when the server ended it in good order. */
    void onEnd(@Nullable Throwable failure);
  }

  private ProduceStream(
      String queueUrl, String address, ClientCallStreamObserver<ProduceRequest> requests) {
    this.queueUrl = queueUrl;
    this.address = address;
    this.requests = requests;
  }

  static ProduceStream open(String queueUrl, String address, Channel channel, Listener listener) {
    Answers answers = new Answers(listener);
    var requests =
        (ClientCallStreamObserver<ProduceRequest>) MessagingGrpc.newStub(channel).produce(answers);
    return new ProduceStream(queueUrl, address, requests);
  }

  String address() {
    return address;
  }

  /** Batches are taken from now on. */
  void ready() {
    ready = true;
  }

  /** Whether one more batch may be on its way. */
  boolean hasRoom(int batchesInFlight) {
    return ready && !leaving && flights.size() < batchesInFlight;
  }

  /** Takes no more batches: the next stream goes elsewhere. */
  void leave() {
    leaving = true;
  }

  /** Whether it may be finished, because it is to be left and owes no answer. */
  boolean isLeft() {
    return leaving && flights.isEmpty();
  }

  boolean isIdle() {
    return flights.isEmpty();
  }

  void send(List<PendingMessage> messages, long nowMillis) {
    ProduceRequest.Builder request = ProduceRequest.newBuilder();
    if (lastBatch == 0) {
      request.setQueueUrl(queueUrl);
    }
    lastBatch++;
    request.setBatch(lastBatch);
    messages.forEach(message -> request.addMessages(message.entry()));
    flights.put(lastBatch, new Flight(messages, nowMillis));
    requests.onNext(request.build());
  }

  /** The batch that an answer is for, no longer on its way; null when there is none. */
  @Nullable Flight landed(long batch) {
    landedAtMillis = Ticker.millis();
    return flights.remove(batch);
  }

  /** When the server should have said something; {@code Long.MAX_VALUE} when it owes nothing. */
  long overdueAtMillis() {
    if (flights.isEmpty()) {
      return ready ? Long.MAX_VALUE : openedAtMillis + ClientLimits.BATCH_ANSWER_MILLIS;
    }
    // Batches of a FIFO queue are taken one after another, so each answer gives the next its time.
    long oldest = flights.values().iterator().next().sentAtMillis();
    return Math.max(oldest, landedAtMillis) + ClientLimits.BATCH_ANSWER_MILLIS;
  }

  /** All batches on their way, oldest first; they are the caller's from now on. */
  List<Flight> takeFlights() {
    List<Flight> all = new ArrayList<>(flights.values());
    flights.clear();
    return all;
  }

  /** Nothing more will be sent; answers that are due still come. */
  void finish() {
    requests.onCompleted();
  }

  void cancel(String reason) {
    requests.cancel(reason, null);
  }

  private static final class Answers
      implements ClientResponseObserver<ProduceRequest, ProduceResponse> {
    private final Listener listener;
    private boolean wasReady;

    Answers(Listener listener) {
      this.listener = listener;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<ProduceRequest> call) {
      call.setOnReadyHandler(() -> {
        if (!wasReady) {
          wasReady = true;
          listener.onReady();
        }
      });
    }

    @Override
    public void onNext(ProduceResponse answer) {
      listener.onAnswer(answer);
    }

    @Override
    public void onError(Throwable failure) {
      listener.onEnd(failure);
    }

    @Override
    public void onCompleted() {
      listener.onEnd(null);
    }
  }
}
