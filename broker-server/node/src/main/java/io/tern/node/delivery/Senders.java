package io.tern.node.delivery;

import io.tern.node.config.DeliveryConfig;
import io.tern.node.config.WallClock;
import io.tern.node.delivery.WebExchange.Answer;
import io.tern.node.delivery.WebExchange.Answered;
import io.tern.state.limits.DeliveryLimits;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Every way out of the node: one sender for each kind of delivery, as the operator configured them.
 * Made once by the node, used by the delivery duty and for confirmations.
 */
public final class Senders implements Sender, AutoCloseable {
  private static final int THREADS = 8;
  private static final int UNAUTHORIZED = 401;
  private static final Set<String> OF_TEXT_MESSAGES =
      Set.of("to", "text", "senderId", "type", "messageId");
  private static final Set<String> OF_PUSH =
      Set.of(
          "endpointArn", "platform", "application", "token", "payload", "ttlSeconds", "messageId");

  private final ThreadPoolExecutor work;
  private final Egress egress;
  private final @Nullable FunctionSender functions;
  private final @Nullable MailSender mail;
  private final @Nullable GatewaySender textMessages;
  private final @Nullable GatewaySender push;
  private final @Nullable StreamSender streams;

  /**
   * Builds them.
   *
   * @throws IOException if the file of certificates cannot be read
   * @throws IllegalArgumentException if the configuration makes no sense
   */
  public Senders(
      DeliveryConfig config, Vertx vertx, WallClock clock, ScheduledExecutorService timer)
      throws IOException {
    this(config, vertx, clock, timer, Egress::machineNames, DeliveryLimits.EGRESS_MILLIS);
  }

  /**
   * For tests: with names and a limit of their own.
   *
   * @param limitMillis of one exchange with the world
   */
  Senders(
      DeliveryConfig config,
      Vertx vertx,
      WallClock clock,
      ScheduledExecutorService timer,
      Egress.Names names,
      long limitMillis)
      throws IOException {
    TrustManagerFactory trusted = TrustedAuthorities.read(config.authorities());
    ThreadFactory threads = Thread.ofPlatform().daemon().name("delivery-", 0).factory();
    this.work =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(DeliveryLimits.EGRESS_EXCHANGES),
            threads);
    work.allowCoreThreadTimeOut(true);
    this.egress =
        new Egress(vertx, new EgressRules(config.allowed()), trusted, names, work, limitMillis);
    this.functions =
        config.functions() == null ? null : new FunctionSender(egress, config.functions(), clock);
    this.mail =
        config.mail() == null
            ? null
            : new MailSender(config.mail(), tls(trusted), clock, timer, threads, limitMillis);
    this.textMessages =
        config.textMessages() == null
            ? null
            : new GatewaySender(egress, config.textMessages(), OF_TEXT_MESSAGES);
    this.push = config.push() == null ? null : new GatewaySender(egress, config.push(), OF_PUSH);
    this.streams =
        config.streams() == null
            ? null
            : new StreamSender(egress, config.streams(), clock, UUID::randomUUID, timer, work);
  }

  @Override
  public CompletableFuture<Outcome> send(Outgoing delivery) {
    return switch (delivery) {
      case Outgoing.WebPost post -> post(post);
      case Outgoing.FunctionCall call ->
          functions == null ? missing("URL for functions") : functions.send(call);
      case Outgoing.Mail letter -> mail == null ? missing("mail server") : mail.send(letter);
      case Outgoing.TextMessage text ->
          textMessages == null
              ? missing("gateway for text messages")
              : textMessages.send(values(text));
      case Outgoing.PushMessage message ->
          push == null ? missing("gateway for push notifications") : push.send(values(message));
      case Outgoing.StreamRecord line ->
          streams == null ? missing("place for delivery streams") : streams.send(line);
    };
  }

  /** Requests to the world that have no answer yet. */
  public int underWay() {
    return egress.underWay();
  }

  @Override
  public void close() {
    if (streams != null) {
      streams.close();
    }
    if (mail != null) {
      mail.close();
    }
    egress.close();
    work.shutdownNow();
  }

  private CompletableFuture<Outcome> post(Outgoing.WebPost post) {
    Optional<WebAddress> address = WebAddress.parse(post.url());
    if (address.isEmpty()) {
      return CompletableFuture.completedFuture(
          new Outcome.Refused(0, "the endpoint is no URL that can be posted to"));
    }
    Map<String, String> headers = new LinkedHashMap<>(post.headers());
    String basic = address.get().basicAuthorization();
    if (!basic.isEmpty()) {
      headers.put("Authorization", basic);
    }
    WebExchange.Request request =
        new WebExchange.Request("POST", address.get(), headers, post.body(), false);
    return egress
        .exchange(request)
        .thenCompose(answer -> identified(request, answer))
        .thenApply(WebExchange::outcome);
  }

  /** Whoever wants no Basic but a digest of the password gets one, once. */
  private CompletableFuture<Answer> identified(WebExchange.Request request, Answer answer) {
    String digest =
        answer instanceof Answered(int status, _, _, List<String> challenges)
                && status == UNAUTHORIZED
                && !request.address().userInfo().isEmpty()
            ? DigestChallenge.of(challenges)
                .map(challenge ->
                    challenge.authorization(
                        request.method(), request.address(), UUID.randomUUID().toString()))
                .orElse("")
            : "";
    if (digest.isEmpty()) {
      return CompletableFuture.completedFuture(answer);
    }
    Map<String, String> headers = new LinkedHashMap<>(request.headers());
    headers.put("Authorization", digest);
    return egress.exchange(
        new WebExchange.Request(
            request.method(), request.address(), headers, request.body(), request.isTrusted()));
  }

  private static Map<String, String> values(Outgoing.TextMessage text) {
    return Map.of(
        "to", text.to(),
        "text", text.text(),
        "senderId", text.senderId(),
        "type", text.type(),
        "messageId", text.messageId());
  }

  private static Map<String, String> values(Outgoing.PushMessage message) {
    return Map.of(
        "endpointArn", message.endpoint(),
        "platform", message.platform(),
        "application", message.application(),
        "token", message.token(),
        "payload", message.payload(),
        "ttlSeconds", Long.toString(message.ttlSeconds()),
        "messageId", message.messageId());
  }

  private static CompletableFuture<Outcome> missing(String what) {
    return CompletableFuture.completedFuture(
        new Outcome.Refused(0, "no " + what + " is configured"));
  }

  private static SSLContext tls(TrustManagerFactory trusted) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trusted.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
