package io.tern.chaos;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/** Senders through the Java SDK, one per thread; each goes to the next node when one fails. */
final class JavaLoad implements LoadClient {
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);
  private static final long STOP_WITHIN_MILLIS = 20_000;

  /**
   * How to send.
   *
   * @param name not to be used twice with one ledger: the messages are named after it
   * @param maxPadBytes random bytes in a message at most
   */
  record Plan(String name, int threadCount, String queue, long pauseMillis, int maxPadBytes) {}

  private final Plan plan;
  private final List<URI> endpoints;
  private final Ledger ledger;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  private JavaLoad(Plan plan, List<URI> endpoints, Ledger ledger) {
    this.plan = plan;
    this.endpoints = endpoints;
    this.ledger = ledger;
  }

  static JavaLoad start(Plan plan, List<URI> endpoints, Ledger ledger) {
    JavaLoad load = new JavaLoad(plan, endpoints, ledger);
    for (int i = 0; i < plan.threadCount(); i++) {
      String worker = plan.name() + i;
      load.threads.add(Thread.ofPlatform().name("load-" + worker).start(() -> load.run(worker)));
    }
    return load;
  }

  @Override
  public String name() {
    return plan.name();
  }

  @Override
  public void close() {
    stopped = true;
    for (Thread thread : threads) {
      try {
        thread.join(STOP_WITHIN_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  private void run(String worker) {
    List<SqsClient> clients =
        endpoints.stream().map(endpoint -> SdkClient.of(endpoint, READ_TIMEOUT)).toList();
    Random random = new Random(worker.hashCode());
    int at = 0;
    for (int sequence = 0; !stopped; sequence++) {
      LoadBody body = LoadBody.create(worker, sequence, plan.maxPadBytes(), random);
      ledger.tried(body.key());
      try {
        SendMessageResponse sent =
            clients.get(at).sendMessage(r -> r.queueUrl(plan.queue()).messageBody(body.text()));
        ledger.acknowledged(plan.name(), body.key(), sent.messageId(), sent.md5OfMessageBody());
      } catch (SdkException unknownWhetherStored) {
        at = (at + 1) % clients.size();
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(plan.pauseMillis()));
    }
    clients.forEach(SqsClient::close);
  }
}
