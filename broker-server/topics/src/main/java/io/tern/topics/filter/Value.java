package io.tern.topics.filter;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** One value of a message as filter policies compare it; equal values are equal records. */
sealed interface Value {

  /** Digits after the point that count; numbers are rounded to them, half away from zero. */
  int DECIMALS = 5;

  record Text(String text) implements Value {}

  /** Rounded to five decimals, without zeros at the end. */
  record Numeric(BigDecimal number) implements Value {}

  /** true, false, null, or a number too long to be compared as one. */
  record Literal(String text) implements Value {}

  /** The number that is written so. */
  static Value number(String text) {
    if (text.length() > FilterLimits.NUMBER_CHARACTERS) {
      return new Literal(text);
    }
    try {
      return new Numeric(rounded(new BigDecimal(text)));
    } catch (ArithmeticException | NumberFormatException e) {
      return new Literal(text);
    }
  }

  /** Never makes a number of more digits than it has: an exponent may have nine digits. */
  private static BigDecimal rounded(BigDecimal number) {
    if (number.scale() <= DECIMALS) {
      return number.stripTrailingZeros();
    }
    long digitsBeforePoint = (long) number.precision() - number.scale();
    return digitsBeforePoint < -DECIMALS
        ? BigDecimal.ZERO
        : number.setScale(DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
  }
}
