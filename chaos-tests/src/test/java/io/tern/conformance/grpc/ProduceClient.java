package io.tern.conformance.grpc;

import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import io.tern.proto.messaging.MessagingGrpc;
import io.tern.proto.messaging.ProduceRequest;
import io.tern.proto.messaging.ProduceResponse;
import io.tern.proto.messaging.ProduceResult;
import io.tern.proto.sqs.SendMessageBatchRequestEntry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A producer's stream, as the tests of the gRPC API use it. */
final class ProduceClient implements StreamObserver<ProduceResponse> {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final StreamObserver<ProduceRequest> requests;
  private final Map<Long, List<ProduceResult>> answers = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  ProduceClient(ManagedChannel channel, String queueUrl) {
    this.requests = MessagingGrpc.newStub(channel).produce(this);
    requests.onNext(ProduceRequest.newBuilder().setQueueUrl(queueUrl).build());
  }

  void send(long batch, List<SendMessageBatchRequestEntry> messages) {
    requests.onNext(ProduceRequest.newBuilder().setBatch(batch).addAllMessages(messages).build());
  }

  void request(ProduceRequest request) {
    requests.onNext(request);
  }

  static SendMessageBatchRequestEntry message(String body) {
    return SendMessageBatchRequestEntry.newBuilder().setMessageBody(body).build();
  }

  static SendMessageBatchRequestEntry message(String group, String id, String body) {
    return message(body).toBuilder().setMessageGroupId(group).setMessageDeduplicationId(id).build();
  }

  /** The results of a batch, when they have come. */
  List<ProduceResult> results(long batch) {
    await().atMost(PATIENCE).until(() -> answers.containsKey(batch) || end.isDone());
    List<ProduceResult> results = answers.get(batch);
    if (results == null) {
      throw new AssertionError("batch " + batch + " was not answered: " + end);
    }
    return results;
  }

  boolean isAnswered(long batch) {
    return answers.containsKey(batch);
  }

  boolean hasEnded() {
    return end.isDone();
  }

  void halfClose() {
    requests.onCompleted();
  }

  /** Waits for the end of the stream; throws what ended it. */
  void awaitEnd() throws Exception {
    try {
      var _ = end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException failure) {
      throw failure.getCause() instanceof Exception cause ? cause : failure;
    }
  }

  @Override
  public void onNext(ProduceResponse response) {
    answers.put(response.getBatch(), response.getResultsList());
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
