package io.tern.node.edge;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The certificates that the signatures of notifications are checked with, one page each. Served on
 * the AWS port to everybody: whoever receives a notification fetches the page it names.
 */
public final class CertificatePages {
  private static final String PREFIX = "/SimpleNotificationService-";
  private static final Pattern PATH = Pattern.compile(PREFIX + "([0-9a-f]{32})\\.pem");

  private final Function<String, Optional<String>> certificates;

  /**
   * The pages of the certificates that the function knows.
   *
   * @param certificates from the 32 hexadecimal digits of an id to the certificate in PEM
   */
  public CertificatePages(Function<String, Optional<String>> certificates) {
    this.certificates = certificates;
  }

  /** Answers a request for a certificate; false when the request is for something else. */
  boolean answer(HttpServerRequest request) {
    String path = request.path();
    if (path == null || !path.startsWith(PREFIX) || !request.method().equals(HttpMethod.GET)) {
      return false;
    }
    Matcher page = PATH.matcher(path);
    Optional<String> pem = page.matches() ? certificates.apply(page.group(1)) : Optional.empty();
    if (pem.isPresent()) {
      send(request, 200, "application/x-pem-file", pem.get());
    } else {
      send(request, 404, "text/plain; charset=utf-8", "not found\n");
    }
    return true;
  }

  private static void send(HttpServerRequest request, int status, String type, String text) {
    var _ = request.response().setStatusCode(status).putHeader("Content-Type", type).end(text);
  }
}
