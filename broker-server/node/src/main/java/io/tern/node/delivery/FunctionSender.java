package io.tern.node.delivery;

import io.tern.node.config.DeliveryConfig.Credentials;
import io.tern.node.config.DeliveryConfig.Functions;
import io.tern.node.config.WallClock;
import io.tern.state.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Invokes functions over the HTTP API of AWS Lambda, or over any URL that a name can be put in. */
final class FunctionSender {
  private static final String INVOKE = "/2015-03-31/functions/{function}/invocations";
  private static final String TRACE = "X-Amzn-Trace-Id";
  private static final int NAME_PART = 6;
  private static final int QUALIFIER_PART = 7;

  private final Egress egress;
  private final Template url;
  private final @Nullable Credentials credentials;
  private final WallClock clock;

  /**
   * Reads the operator's URL.
   *
   * @throws IllegalArgumentException if it is none
   */
  FunctionSender(Egress egress, Functions functions, WallClock clock) {
    this.egress = egress;
    String base = functions.url();
    String whole = base.contains("{function}") ? base : base.replaceAll("/+$", "") + INVOKE;
    this.url = new Template(whole, Set.of("function", "qualifier", "account", "region"));
    this.credentials = functions.credentials();
    this.clock = clock;
    if (WebAddress.parse(url.fill(Map.of("function", "f"), Template.Escape.URL)).isEmpty()) {
      throw new IllegalArgumentException(
          "the URL of functions begins with http:// or https://: '" + base + "'");
    }
  }

  CompletableFuture<Outcome> send(Outgoing.FunctionCall call) {
    String[] arn = call.function().split(":", -1);
    if (arn.length <= NAME_PART || arn[NAME_PART].isEmpty()) {
      return refused("'" + call.function() + "' is not the ARN of a function");
    }
    Map<String, String> values =
        Map.of(
            "function", arn[NAME_PART],
            "qualifier", arn.length > QUALIFIER_PART ? arn[QUALIFIER_PART] : "$LATEST",
            "account", arn[4],
            "region", arn[3]);
    Optional<WebAddress> address =
        WebAddress.parse(url.fill(values, Template.Escape.URL) + qualifier(arn));
    if (address.isEmpty()) {
      return refused("no URL can be made for '" + call.function() + "'");
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("X-Amz-Invocation-Type", "Event");
    String basic = address.get().basicAuthorization();
    if (!basic.isEmpty()) {
      headers.put("Authorization", basic);
    }
    if (!call.traceHeader().isEmpty()) {
      headers.put(TRACE, call.traceHeader());
    }
    WebExchange.Request request =
        new WebExchange.Request(
            "POST",
            address.get(),
            headers,
            Bytes.of(call.event().getBytes(StandardCharsets.UTF_8)),
            true);
    return egress
        .exchange(
            credentials == null
                ? request
                : AwsSignature.sign(request, credentials, "lambda", clock.wallMillis()))
        .thenApply(FunctionSender::outcome);
  }

  private String qualifier(String[] arn) {
    boolean isOwnUrl = !url.text().endsWith(INVOKE);
    return isOwnUrl || arn.length <= QUALIFIER_PART
        ? ""
        : "?Qualifier=" + Template.Escape.URL.apply(arn[QUALIFIER_PART]);
  }

  /** What AWS's delivery log tells of an invocation is the id that Lambda gave it. */
  private static Outcome outcome(WebExchange.Answer answer) {
    return switch (WebExchange.outcome(answer)) {
      case Outcome.Delivered delivered when answer instanceof WebExchange.Answered answered ->
          new Outcome.Delivered(
              delivered.status(),
              "{\"lambdaRequestId\":\"" + Template.Escape.JSON.apply(answered.requestId()) + "\"}");
      case Outcome other -> other;
    };
  }

  private static CompletableFuture<Outcome> refused(String reason) {
    return CompletableFuture.completedFuture(new Outcome.Refused(0, reason));
  }
}
