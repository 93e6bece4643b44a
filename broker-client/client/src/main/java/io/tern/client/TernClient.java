package io.tern.client;

import com.google.protobuf.Message;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.TlsChannelCredentials;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A client of one Tern cluster. It is made once, used by any number of threads, and closed at the
 * end; producers and consumers made from it share its connections.
 *
 * <p>Operations of queues and topics are those of the generated services {@code tern.sqs.Sqs} and
 * {@code tern.sns.Sns}, called by their descriptor:
 *
 * <pre>{@code
 * CreateQueueResult queue =
 *     client.call(
 *         SqsGrpc.getCreateQueueMethod(),
 *         CreateQueueRequest.newBuilder().setQueueName("orders").build());
 * }</pre>
 *
 * <p>An operation is tried again, elsewhere and after a short wait, while nobody serves it and its
 * deadline has not passed. A node that fails may have carried it out before it failed: as with the
 * AWS SDKs, a {@code SendMessage} to a standard queue may then be carried out twice.
 */
public final class TernClient implements AutoCloseable {
  private final Connections connections;
  private final long deadlineMillis;

  private TernClient(Connections connections, long deadlineMillis) {
    this.connections = connections;
    this.deadlineMillis = deadlineMillis;
  }

  /** A builder; it needs endpoints. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Carries out one operation and waits for its answer, at most for the client's deadline.
   *
   * @param operation for example {@code SqsGrpc.getCreateQueueMethod()}
   * @throws TernClientException with the server's error code, when the operation fails
   */
  public <Q extends Message, A extends Message> A call(
      MethodDescriptor<Q, A> operation, Q request) {
    return joined(callAsync(operation, request));
  }

  /**
   * Carries out one operation. The future ends with its answer or with a {@link
   * TernClientException}; cancelling it cancels the call.
   */
  public <Q extends Message, A extends Message> CompletableFuture<A> callAsync(
      MethodDescriptor<Q, A> operation, Q request) {
    return callAsync(operation, request, Duration.ofMillis(deadlineMillis));
  }

  /** As {@link #callAsync(MethodDescriptor, Message)}, with a deadline of its own. */
  public <Q extends Message, A extends Message> CompletableFuture<A> callAsync(
      MethodDescriptor<Q, A> operation, Q request, Duration deadline) {
    return connections.calls().call(operation, request, deadline.toMillis());
  }

  /** A producer for one queue, to be configured and built. */
  public Producer.Builder producer(String queueUrl) {
    return new Producer.Builder(connections, queueUrl);
  }

  /** A consumer of one queue, to be configured and built. */
  public Consumer.Builder consumer(String queueUrl) {
    return new Consumer.Builder(connections, queueUrl);
  }

  /**
   * Ends all calls and connections. Producers and consumers are to be closed before, they end with
   * errors otherwise.
   */
  @Override
  public void close() {
    connections.close();
  }

  /** What a future ended with; never the wrapping of the future. */
  static <T> T joined(CompletableFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      future.cancel(false);
      throw TernClientException.interrupted(e);
    } catch (ExecutionException e) {
      TernClientException error = TernClientException.of(e);
      throw new TernClientException(
          error.code(), String.valueOf(error.getMessage()), error.retryable(), error);
    }
  }

  /** What a client is made from. */
  public static final class Builder {
    private List<String> endpoints = List.of();
    private ChannelCredentials credentials = InsecureChannelCredentials.create();
    private long deadlineMillis = ClientLimits.DEADLINE_MILLIS;

    private Builder() {}

    /**
     * Where nodes of the cluster serve gRPC, each as {@code host:port}. One is enough while it
     * lives; the others are tried when it does not. Leaders are found by asking, so they need not
     * be named.
     */
    public Builder endpoints(String... hostsAndPorts) {
      return endpoints(List.of(hostsAndPorts));
    }

    /** As {@link #endpoints(String...)}. */
    public Builder endpoints(List<String> hostsAndPorts) {
      ClientLimits.inRange(
          "the number of endpoints", hostsAndPorts.size(), 1, ClientLimits.ENDPOINTS);
      this.endpoints = List.copyOf(hostsAndPorts);
      return this;
    }

    /** TLS with the certificate authorities that the JDK trusts; without it, plain text. */
    public Builder tls() {
      return credentials(TlsChannelCredentials.create());
    }

    /** TLS with authorities or a certificate of one's own, or whatever else gRPC offers. */
    public Builder credentials(ChannelCredentials channelCredentials) {
      this.credentials = channelCredentials;
      return this;
    }

    /**
     * How long an operation may take with all its retries, 30 seconds when not said. A {@code
     * ReceiveMessage} that waits needs more than its wait.
     */
    public Builder deadline(Duration deadline) {
      this.deadlineMillis =
          ClientLimits.inRange("the deadline in milliseconds", deadline.toMillis(), 1, 3_600_000);
      return this;
    }

    /** The client; it connects when it is first used. */
    public TernClient build() {
      if (endpoints.isEmpty()) {
        throw new IllegalArgumentException("a client needs at least one endpoint");
      }
      return new TernClient(new Connections(endpoints, credentials), deadlineMillis);
    }
  }
}
