package io.tern.node.sns;

import static io.tern.node.sns.Refusals.invalid;

import io.tern.state.catalogue.ResourceKey;
import io.tern.state.catalogue.ResourceKind;
import java.util.regex.Pattern;

/** Telephone numbers as callers may write them. */
final class PhoneNumbers {
  private static final Pattern NUMBER = Pattern.compile("\\+[1-9][0-9]{1,14}");

  private PhoneNumbers() {}

  static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }

  /** The number of an opt-out operation. */
  static String checked(String text) {
    if (!isNumber(text)) {
      throw invalid("PhoneNumber Reason: input incorrectly formatted");
    }
    return text;
  }

  static ResourceKey optedOut(String region, String account, String number) {
    return new ResourceKey(ResourceKind.OPTED_OUT_NUMBER, region, account, number);
  }
}
