package io.tern.conformance.sns;

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

/** Sends requests of SNS exactly as written, unsigned. For tests where bytes matter. */
final class SnsHttp {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  private SnsHttp() {}

  /** One call, with parameters as name, value, name, value. */
  static SnsAnswer form(URI endpoint, String action, List<String> parameters) {
    List<String> all = new ArrayList<>(List.of("Action", action, "Version", "2010-03-31"));
    all.addAll(parameters);
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < all.size(); i += 2) {
      pairs.add(percent(all.get(i)) + "=" + percent(all.get(i + 1)));
    }
    return send(
        HttpRequest.newBuilder(endpoint.resolve("/"))
            .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString(String.join("&", pairs))));
  }

  /** What somebody gets who follows a link. */
  static SnsAnswer get(URI link, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(link);
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  private static String percent(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static SnsAnswer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          CLIENT.send(
              request.timeout(Duration.ofSeconds(30)).build(),
              HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new SnsAnswer(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
