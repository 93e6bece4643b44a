package io.tern.topics.policy;

import java.util.Optional;
import java.util.function.Function;

/** What a check came to: the checked value in its normal form, or why it is refused. */
public sealed interface Checked<T> {

  /** Nothing is wrong. */
  record Good<T>(T value) implements Checked<T> {}

  /** The first thing that is wrong. */
  record Bad<T>(Refusal why) implements Checked<T> {}

  static <T> Checked<T> good(T value) {
    return new Good<>(value);
  }

  static <T> Checked<T> bad(Refusal refusal) {
    return new Bad<>(refusal);
  }

  /** The value, or what the function makes of the refusal thrown. */
  default <X extends RuntimeException> T orThrow(Function<Refusal, X> exception) {
    return switch (this) {
      case Good<T> good -> good.value();
      case Bad<T> bad -> throw exception.apply(bad.why());
    };
  }

  default Optional<Refusal> refusal() {
    return switch (this) {
      case Good<T> _ -> Optional.empty();
      case Bad<T> bad -> Optional.of(bad.why());
    };
  }
}
