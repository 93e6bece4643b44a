package io.tern.node.sns;

import static io.tern.node.sns.Refusals.plain;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;

/** What the settings of text messages may be. */
final class SmsSettings {
  static final String SPEND_LIMIT = "MonthlySpendLimit";
  static final String DEFAULT_SPEND_LIMIT = "1";

  private static final String SENDER = "DefaultSenderID";
  private static final String TYPE = "DefaultSMSType";
  private static final String SAMPLING = "DeliveryStatusSuccessSamplingRate";

  private static final Set<String> NAMES =
      Set.of(SPEND_LIMIT, "DeliveryStatusIAMRole", SAMPLING, SENDER, TYPE, "UsageReportS3Bucket");

  private static final Pattern SENDER_FORM = Pattern.compile("(?=.*[A-Za-z])[A-Za-z0-9]{1,11}");
  private static final Set<String> TYPES = Set.of("Promotional", "Transactional");
  private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,9}");
  private static final Pattern PERCENT = Pattern.compile("[0-9]{1,2}|100");

  private SmsSettings() {}

  /** An empty value resets a setting. */
  static void check(SortedMap<String, String> settings) {
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      String name = setting.getKey();
      if (!NAMES.contains(name)) {
        throw plain(name + " is not a valid attribute");
      }
      if (!setting.getValue().isEmpty()) {
        checkValue(name, setting.getValue());
      }
    }
  }

  private static void checkValue(String name, String value) {
    switch (name) {
      case SENDER -> {
        if (!SENDER_FORM.matcher(value).matches()) {
          // The service spells it so.
          throw plain("DefaultSendID is not a valid attribute");
        }
      }
      case TYPE -> {
        if (!TYPES.contains(value)) {
          throw plain("DefaultSMSType is invalid");
        }
      }
      case SPEND_LIMIT -> checkForm(AMOUNT, name, value);
      case SAMPLING -> checkForm(PERCENT, name, value);
      default -> {}
    }
  }

  private static void checkForm(Pattern form, String name, String value) {
    if (!form.matcher(value).matches()) {
      throw plain(name + " is invalid");
    }
  }
}
