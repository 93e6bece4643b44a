package io.tern.state.queue;

import java.util.Arrays;

/** Some message numbers, ascending; never changed. Kept as they are: an image may hold millions. */
public final class Numbers {
  private final long[] numbers;

  private Numbers(long[] numbers) {
    this.numbers = numbers;
  }

  /** Takes the array over; the caller does not use it any more. */
  public static Numbers of(long... numbers) {
    return new Numbers(numbers);
  }

  public int size() {
    return numbers.length;
  }

  public long get(int place) {
    return numbers[place];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Numbers that && Arrays.equals(numbers, that.numbers);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(numbers);
  }

  @Override
  public String toString() {
    return Arrays.toString(numbers);
  }
}
