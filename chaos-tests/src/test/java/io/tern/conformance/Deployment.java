package io.tern.conformance;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.tern.chaos.SdkClient;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The service under test: one node or three. Each call goes to a node chosen at random, in the same
 * sequence in every run, so a test that creates, sends and receives meets different nodes.
 */
public final class Deployment {
  private static final long SEED = 20_261_121;

  private final String name;
  private final List<URI> endpoints;
  private final List<SqsClient> clients;
  private final List<ManagedChannel> channels;
  private final Random random = new Random(SEED);
  private final AtomicInteger queues = new AtomicInteger();
  private final Map<Class<?>, Object> prepared = new ConcurrentHashMap<>();
  // Servers given from outside keep their queues between runs.
  private final String run = Long.toString(System.currentTimeMillis() % 1_000_000_000, 36);

  Deployment(String name, List<URI> endpoints) {
    this(name, endpoints, List.of());
  }

  Deployment(String name, List<URI> endpoints, List<String> grpcTargets) {
    this.name = name;
    this.endpoints = List.copyOf(endpoints);
    this.clients = endpoints.stream().map(SdkClient::of).toList();
    this.channels =
        grpcTargets.stream()
            .map(target ->
                Grpc.newChannelBuilder(target, InsecureChannelCredentials.create()).build())
            .toList();
  }

  /** The Java SDK, connected to some node. */
  public SqsClient sqs() {
    return clients.get(random.nextInt(clients.size()));
  }

  /** The Java SDK, connected to this node. */
  SqsClient at(URI endpoint) {
    return clients.get(endpoints.indexOf(endpoint));
  }

  /** gRPC to some node; a test that needs it is skipped where servers were given from outside. */
  public ManagedChannel grpc() {
    assumeThat(channels).as("targets of gRPC").isNotEmpty();
    return channels.get(random.nextInt(channels.size()));
  }

  /** Raw HTTP to some node. */
  SqsHttp http() {
    return new SqsHttp(endpoint());
  }

  public URI endpoint() {
    return endpoints.get(random.nextInt(endpoints.size()));
  }

  public List<URI> endpoints() {
    return endpoints;
  }

  public String newName(String label) {
    return label + "-" + run + "-" + queues.incrementAndGet();
  }

  /** Creates a queue nobody else uses and returns its URL. */
  public String newQueue(String label) {
    return newQueue(label, Map.of());
  }

  public String newQueue(String label, Map<QueueAttributeName, String> attributes) {
    return sqs().createQueue(r -> r.queueName(newName(label)).attributes(attributes)).queueUrl();
  }

  /** What a test class prepares once for all its cases. */
  public <T> T once(Class<T> type, Function<Deployment, T> prepare) {
    return type.cast(prepared.computeIfAbsent(type, key -> prepare.apply(this)));
  }

  void close() {
    clients.forEach(SqsClient::close);
    channels.forEach(ManagedChannel::shutdownNow);
  }

  @Override
  public String toString() {
    return name;
  }
}
