package io.tern.node.sns;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tern.state.Bytes;
import io.tern.state.limits.Limits;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The pages of SNS's lists: a hundred each, and a token that says after what the next begins. */
final class Pages {
  private final Seal seal;

  Pages(Bytes sealingKey) {
    this.seal = new Seal(sealingKey, "page tokens");
  }

  /** What the page begins after, empty for the first one. */
  String after(String token) {
    if (token.isEmpty()) {
      return "";
    }
    try {
      Optional<byte[]> opened = seal.open(Base64.getUrlDecoder().decode(token));
      if (opened.isPresent()) {
        return new String(opened.get(), UTF_8);
      }
    } catch (IllegalArgumentException notBase64) {
      // Falls through to the one message for every bad token.
    }
    throw Refusals.invalid("NextToken");
  }

  /** Shows a page of what was found, and gives a token if there is more. */
  <T> void show(
      List<T> found, Function<T, String> key, Consumer<T> show, Consumer<String> nextToken) {
    show(Limits.SNS_PAGE, found, key, show, nextToken);
  }

  /** The same of a page of another size. */
  <T> void show(
      int size,
      List<T> found,
      Function<T, String> key,
      Consumer<T> show,
      Consumer<String> nextToken) {
    found.stream().limit(size).forEach(show);
    if (found.size() > size) {
      String last = key.apply(found.get(size - 1));
      nextToken.accept(
          Base64.getUrlEncoder().withoutPadding().encodeToString(seal.seal(last.getBytes(UTF_8))));
    }
  }

  /** How many to look for: one more than a page tells that there is another. */
  static int lookFor() {
    return Limits.SNS_PAGE + 1;
  }
}
