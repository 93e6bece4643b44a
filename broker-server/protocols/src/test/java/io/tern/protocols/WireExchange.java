package io.tern.protocols;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One file of src/test/resources/.../exchanges, written by hand: a request as it is on the wire,
 * the message it means, means, the message a handler answers, and that answer on the wire. Read by
 * {@link WireExchangeTest}.
 */
record WireExchange(
    WireRequest request, String requestMessage, String responseMessage, String response) {

  static WireExchange read(Path file) {
    try {
      List<String> parts = List.of(Files.readString(file).split("(?m)^=== .*\n", -1));
      return new WireExchange(request(parts.get(0)), parts.get(1), parts.get(2), parts.get(3));
    } catch (IOException e) {
      throw new IllegalStateException(file.toString(), e);
    }
  }

  private static WireRequest request(String text) {
    String[] headAndBody = (text + "\n\n").split("\n\n", 2);
    List<String> head = headAndBody[0].lines().toList();
    String[] line = head.getFirst().split(" ", -1);
    String[] target = (line[1] + "?").split("\\?", -1);
    Map<String, String> headers = new HashMap<>();
    head.stream()
        .skip(1)
        .map(header -> header.split(": ", 2))
        .forEach(header -> headers.put(header[0].toLowerCase(Locale.ROOT), header[1]));
    byte[] body = headAndBody[1].strip().getBytes(StandardCharsets.UTF_8);
    return new WireRequest(line[0], target[0], target[1], headers::get, body);
  }

  /** The status line, the headers and the body of an answer in the form of the files. */
  static String text(WireResponse response) {
    StringBuilder text = new StringBuilder().append(response.status()).append('\n');
    text.append("Content-Type: ").append(response.contentType()).append('\n');
    for (WireResponse.Header header : response.headers()) {
      text.append(header.name()).append(": ").append(header.value()).append('\n');
    }
    return text.append('\n').append(new String(response.body(), StandardCharsets.UTF_8)).toString();
  }

  /** The expected answer; the lines of its body are for the eye and are joined. */
  String expectedResponse() {
    String[] headAndBody = response.split("\n\n", 2);
    return headAndBody[0] + "\n\n" + headAndBody[1].lines().map(String::strip).collect(joining());
  }
}
