package io.tern.conformance.grpc;

import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.tern.proto.messaging.ConsumeRequest;
import io.tern.proto.messaging.ConsumeResponse;
import io.tern.proto.messaging.Credit;
import io.tern.proto.messaging.Delivery;
import io.tern.proto.messaging.MessagingGrpc;
import io.tern.proto.messaging.NegativeAcknowledgement;
import io.tern.proto.messaging.OpenConsume;
import io.tern.proto.messaging.Settle;
import io.tern.proto.messaging.SettleFailure;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A consumer's stream, as the tests of the gRPC API use it. Keeps all that it was told. */
final class ConsumeClient implements StreamObserver<ConsumeResponse> {
  private static final long PATIENT_SECONDS = 30;

  private final StreamObserver<ConsumeRequest> requests;
  private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
  private final List<Long> done = new CopyOnWriteArrayList<>();
  private final List<SettleFailure> failed = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private volatile Consumer<Delivery> handler = delivery -> {};

  private ConsumeClient(ManagedChannel channel, OpenConsume open) {
    this.requests = MessagingGrpc.newStub(channel).consume(this);
    requests.onNext(ConsumeRequest.newBuilder().setOpen(open).build());
  }

  static ConsumeClient open(ManagedChannel channel, OpenConsume open) {
    return new ConsumeClient(channel, open);
  }

  static OpenConsume.Builder queue(String url) {
    return OpenConsume.newBuilder().setQueueUrl(url);
  }

  /** What happens with each delivery, on gRPC's thread. */
  ConsumeClient handle(Consumer<Delivery> each) {
    handler = each;
    return this;
  }

  ConsumeClient credit(int messages) {
    return request(
        ConsumeRequest.newBuilder().setCredit(Credit.newBuilder().setMessages(messages)));
  }

  ConsumeClient acknowledge(long... numbers) {
    Settle.Builder settle = Settle.newBuilder();
    for (long number : numbers) {
      settle.addAcknowledged(number);
    }
    return request(ConsumeRequest.newBuilder().setSettle(settle));
  }

  ConsumeClient reject(long number, int visibleAfterSeconds) {
    return request(
        ConsumeRequest.newBuilder()
            .setSettle(
                Settle.newBuilder()
                    .addRejected(
                        NegativeAcknowledgement.newBuilder()
                            .setDelivery(number)
                            .setVisibleAfterSeconds(visibleAfterSeconds))));
  }

  ConsumeClient request(ConsumeRequest.Builder request) {
    synchronized (requests) {
      requests.onNext(request.build());
    }
    return this;
  }

  void halfClose() {
    synchronized (requests) {
      requests.onCompleted();
    }
  }

  /** Breaks the stream as a lost connection would. */
  void cancel() {
    synchronized (requests) {
      if (requests instanceof ClientCallStreamObserver<ConsumeRequest> call) {
        call.cancel("broken on purpose", null);
      }
    }
  }

  List<Delivery> deliveries() {
    return List.copyOf(deliveries);
  }

  List<String> bodies() {
    return deliveries().stream().map(delivery -> delivery.getMessage().getBody()).toList();
  }

  List<Long> done() {
    return List.copyOf(done);
  }

  List<SettleFailure> failed() {
    return List.copyOf(failed);
  }

  boolean hasEnded() {
    return end.isDone();
  }

  /** Waits for the end of the stream; throws what ended it. */
  void awaitEnd() throws Exception {
    try {
      var _ = end.get(PATIENT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof Exception cause ? cause : failure;
    }
  }

  @Override
  public void onNext(ConsumeResponse response) {
    for (Delivery delivery : response.getDeliveriesList()) {
      deliveries.add(delivery);
      handler.accept(delivery);
    }
    done.addAll(response.getSettled().getDoneList());
    failed.addAll(response.getSettled().getFailedList());
  }

  @Override
  public void onError(Throwable failure) {
    end.completeExceptionally(failure);
  }

  @Override
  public void onCompleted() {
    end.complete(null);
  }
}
