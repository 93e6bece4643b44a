package io.tern.node.delivery;

import io.tern.node.config.DeliveryConfig.Credentials;
import io.tern.node.config.DeliveryConfig.Streams;
import io.tern.node.config.WallClock;
import io.tern.state.Bytes;
import io.tern.state.limits.DeliveryLimits;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Gathers the records of a delivery stream and writes them together: an object of a bucket, or the
 * body of a POST. A record is delivered when its batch is; until then its queue keeps it.
 */
final class StreamSender implements AutoCloseable {
  private static final DateTimeFormatter HOUR = formatter("yyyy/MM/dd/HH/");
  private static final DateTimeFormatter SECOND = formatter("-1-yyyy-MM-dd-HH-mm-ss-");
  private static final Set<String> PLACEHOLDERS = Set.of("stream");

  private final Egress egress;
  private final Streams config;
  private final Template url;
  private final Template prefix;
  private final WallClock clock;
  private final Supplier<UUID> names;
  private final ScheduledExecutorService timer;
  private final Executor work;
  private final Map<String, StreamBatch> gathering = new HashMap<>();
  private long bytesHeld;
  private boolean closed;

  /**
   * Reads the operator's templates.
   *
   * @param names makes the unique part of object names
   * @param work where bodies are put together and signed
   * @throws IllegalArgumentException if the configuration makes no sense
   */
  StreamSender(
      Egress egress,
      Streams config,
      WallClock clock,
      Supplier<UUID> names,
      ScheduledExecutorService timer,
      Executor work) {
    this.egress = egress;
    this.config = config;
    this.url = new Template(config.url(), PLACEHOLDERS);
    this.prefix = new Template(config.prefix(), PLACEHOLDERS);
    this.clock = clock;
    this.names = names;
    this.timer = timer;
    this.work = work;
    if (WebAddress.parse(url.fill(Map.of(), Template.Escape.URL)).isEmpty()) {
      throw new IllegalArgumentException(
          "the URL of streams begins with http:// or https://: '" + config.url() + "'");
    }
  }

  CompletableFuture<Outcome> send(Outgoing.StreamRecord delivery) {
    int slash = delivery.stream().lastIndexOf('/');
    String stream = delivery.stream().substring(slash + 1);
    if (slash < 0 || stream.isEmpty()) {
      return CompletableFuture.completedFuture(
          new Outcome.Refused(0, "'" + delivery.stream() + "' is not the ARN of a stream"));
    }
    CompletableFuture<Outcome> outcome;
    StreamBatch full = null;
    synchronized (this) {
      if (closed || bytesHeld + delivery.record().length() > DeliveryLimits.STREAM_BYTES_HELD) {
        return CompletableFuture.completedFuture(
            new Outcome.Retry(0, "too many bytes of records wait at this node"));
      }
      StreamBatch batch = gathering.computeIfAbsent(stream, this::begin);
      int before = batch.bytes();
      outcome = batch.add(delivery.record());
      bytesHeld += batch.bytes() - before;
      if (batch.bytes() >= config.batchBytes()
          || batch.size() >= DeliveryLimits.STREAM_BATCH_RECORDS) {
        gathering.remove(stream);
        full = batch;
      }
    }
    if (full != null) {
      write(full);
    }
    return outcome;
  }

  /** What waits goes back to its queue. */
  @Override
  public void close() {
    List<StreamBatch> left;
    synchronized (this) {
      closed = true;
      left = new ArrayList<>(gathering.values());
      gathering.clear();
    }
    left.forEach(batch -> batch.end(new Outcome.Retry(0, "the node stops")));
  }

  private StreamBatch begin(String stream) {
    StreamBatch batch = new StreamBatch(stream);
    var _ = timer.schedule(() -> due(batch), config.batchMillis(), TimeUnit.MILLISECONDS);
    return batch;
  }

  private void due(StreamBatch batch) {
    synchronized (this) {
      if (!gathering.remove(batch.stream(), batch)) {
        return;
      }
    }
    write(batch);
  }

  private void write(StreamBatch batch) {
    try {
      work.execute(() -> {
        var _ =
            put(batch)
                .handle((outcome, failure) ->
                    failure == null
                        ? outcome
                        : new Outcome.Retry(0, "no batch could be made: " + failure))
                .thenAccept(outcome -> written(batch, outcome));
      });
    } catch (RejectedExecutionException full) {
      written(batch, new Outcome.Retry(0, "too many batches wait at this node"));
    }
  }

  private void written(StreamBatch batch, Outcome outcome) {
    synchronized (this) {
      bytesHeld -= batch.bytes();
    }
    batch.end(outcome);
  }

  private CompletableFuture<Outcome> put(StreamBatch batch) {
    Map<String, String> values = Map.of("stream", batch.stream());
    long nowMillis = clock.wallMillis();
    String base = url.fill(values, Template.Escape.URL);
    Optional<WebAddress> address =
        WebAddress.parse(
            config.isBucket() ? base.replaceAll("/+$", "") + "/" + key(batch, nowMillis) : base);
    if (address.isEmpty()) {
      return CompletableFuture.completedFuture(
          new Outcome.Refused(0, "no URL can be made for the stream " + batch.stream()));
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/x-ndjson");
    String basic = address.get().basicAuthorization();
    if (!basic.isEmpty()) {
      headers.put("Authorization", basic);
    }
    WebExchange.Request request =
        new WebExchange.Request(
            config.isBucket() ? "PUT" : "POST",
            address.get(),
            headers,
            Bytes.of(batch.body()),
            true);
    return egress.exchange(signed(request, nowMillis)).thenApply(WebExchange::outcome);
  }

  private WebExchange.Request signed(WebExchange.Request request, long nowMillis) {
    Credentials credentials = config.credentials();
    return credentials == null || !config.isBucket()
        ? request
        : AwsSignature.sign(request, credentials, "s3", nowMillis);
  }

  /** As Amazon Data Firehose names its objects; each part encoded, the slashes kept. */
  private String key(StreamBatch batch, long nowMillis) {
    Instant now = Instant.ofEpochMilli(nowMillis);
    String key =
        prefix.fill(Map.of("stream", batch.stream()), Template.Escape.NONE)
            + HOUR.format(now)
            + batch.stream()
            + SECOND.format(now)
            + names.get();
    return Template.Escape.URL.apply(key).replace("%2F", "/");
  }

  private static DateTimeFormatter formatter(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }
}
