package io.tern.node.edge;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Supplier;

/** The two health pages, served on both ports. */
public final class HealthPages {

  /**
   * How the node is.
   *
   * @param ready true when it can serve requests
   * @param reason one line for people
   */
  public record Health(boolean ready, String reason) {}

  private final Supplier<Health> node;

  public HealthPages(Supplier<Health> node) {
    this.node = node;
  }

  /** Answers a request for a health page; false when the request is for something else. */
  boolean answer(HttpServerRequest request) {
    String path = request.path();
    if (path == null || !path.startsWith("/health/") || !request.method().equals(HttpMethod.GET)) {
      return false;
    }
    switch (path) {
      case "/health/live" -> send(request, 200, "live");
      case "/health/ready" -> {
        Health health = node.get();
        send(request, health.ready() ? 200 : 503, health.reason());
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void send(HttpServerRequest request, int status, String text) {
    var _ =
        request
            .response()
            .setStatusCode(status)
            .putHeader("Content-Type", "text/plain; charset=utf-8")
            .end(text + "\n");
  }
}
