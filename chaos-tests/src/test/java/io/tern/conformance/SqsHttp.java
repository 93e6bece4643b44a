package io.tern.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends requests exactly as written, in both protocols, without an SDK between. The tests use it
 * where the bytes of the answer matter.
 */
final class SqsHttp {
  static final String JSON = "application/x-amz-json-1.0";
  static final String FORM = "application/x-www-form-urlencoded";

  private final URI endpoint;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  SqsHttp(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** One awsJson1_0 call. */
  HttpAnswer json(String operation, String body, String... moreHeaders) {
    HttpRequest.Builder request =
        to("/")
            .header("Content-Type", JSON)
            .header("X-Amz-Target", "AmazonSQS." + operation)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return send(withHeaders(request, moreHeaders));
  }

  /** One awsQuery call to the root, with parameters as name, value, name, value. */
  HttpAnswer form(String action, String... parameters) {
    return formAt("/", action, parameters);
  }

  /** One awsQuery call to a path, that of a queue for instance. */
  HttpAnswer formAt(String path, String action, String... parameters) {
    HttpRequest.Builder request =
        to(path)
            .header("Content-Type", FORM)
            .POST(HttpRequest.BodyPublishers.ofString(encode(action, parameters)));
    return send(request);
  }

  /** One GET as written. */
  HttpAnswer get(String pathAndQuery, String... headers) {
    return send(withHeaders(to(pathAndQuery), headers));
  }

  /** One POST as written. */
  HttpAnswer post(String path, String body, String... headers) {
    return send(withHeaders(to(path).POST(HttpRequest.BodyPublishers.ofString(body)), headers));
  }

  static String encode(String action, String... parameters) {
    List<String> pairs = new ArrayList<>();
    pairs.add("Action=" + percent(action));
    for (int i = 0; i < parameters.length; i += 2) {
      pairs.add(percent(parameters[i]) + "=" + percent(parameters[i + 1]));
    }
    return String.join("&", pairs);
  }

  private static String percent(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private HttpRequest.Builder to(String pathAndQuery) {
    return HttpRequest.newBuilder(endpoint.resolve(pathAndQuery)).timeout(Duration.ofSeconds(30));
  }

  private static HttpRequest.Builder withHeaders(HttpRequest.Builder request, String... headers) {
    return headers.length == 0 ? request : request.headers(headers);
  }

  private HttpAnswer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new HttpAnswer(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
