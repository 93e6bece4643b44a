package io.tern.node.delivery;

import io.tern.node.config.DeliveryConfig.Gateway;
import io.tern.state.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** Hands text messages or push notifications to the operator's HTTP gateway, one request each. */
final class GatewaySender {
  private static final String CONTENT_TYPE = "content-type";

  private final Egress egress;
  private final String method;
  private final Template url;
  private final Map<String, Template> headers = new LinkedHashMap<>();
  private final Template body;
  private final Template.Escape bodyEscape;

  /**
   * Reads the operator's templates.
   *
   * @param known the placeholders there are values for
   * @throws IllegalArgumentException if the configuration makes no sense
   */
  GatewaySender(Egress egress, Gateway gateway, Set<String> known) {
    Set<String> names = new TreeSet<>(known);
    this.egress = egress;
    this.method = gateway.method().toUpperCase(Locale.ROOT);
    this.url = new Template(gateway.url(), names);
    this.body = new Template(gateway.body(), names);
    String contentType = "application/json";
    for (String header : gateway.headers()) {
      int colon = header.indexOf(':');
      if (colon <= 0) {
        throw new IllegalArgumentException("a header is written Name: value");
      }
      String name = header.substring(0, colon).strip();
      String value = header.substring(colon + 1).strip();
      headers.put(name, new Template(value, names));
      if (name.toLowerCase(Locale.ROOT).equals(CONTENT_TYPE)) {
        contentType = value.toLowerCase(Locale.ROOT);
      }
    }
    headers.putIfAbsent("Content-Type", new Template(contentType, names));
    this.bodyEscape =
        contentType.contains("json")
            ? Template.Escape.JSON
            : contentType.contains("form-urlencoded") ? Template.Escape.FORM : Template.Escape.NONE;
    if (WebAddress.parse(url.fill(Map.of(), Template.Escape.URL)).isEmpty()) {
      throw new IllegalArgumentException("a gateway's URL begins with http:// or https://");
    }
  }

  CompletableFuture<Outcome> send(Map<String, String> values) {
    Optional<WebAddress> address = WebAddress.parse(url.fill(values, Template.Escape.URL));
    if (address.isEmpty()) {
      return CompletableFuture.completedFuture(
          new Outcome.Refused(0, "the gateway's URL makes no sense for this receiver"));
    }
    Map<String, String> filled = new LinkedHashMap<>();
    headers.forEach((name, value) -> filled.put(name, value.fill(values, Template.Escape.HEADER)));
    String basic = address.get().basicAuthorization();
    if (!basic.isEmpty()) {
      filled.put("Authorization", basic);
    }
    String text = body.fill(values, bodyEscape);
    return egress
        .exchange(
            new WebExchange.Request(
                method,
                address.get(),
                filled,
                Bytes.of(text.getBytes(StandardCharsets.UTF_8)),
                true))
        .thenApply(WebExchange::outcome);
  }
}
