package io.tern.conformance.sns;

import static io.tern.conformance.sns.SnsErrorCase.error;
import static io.tern.conformance.sns.SnsErrorCase.invalid;
import static io.tern.conformance.sns.SnsErrorCase.plain;

import java.util.ArrayList;
import java.util.List;

/** Rows of {@link SnsErrorsTest}: settings and numbers of text messages. */
final class TextMessageErrorCases {
  private TextMessageErrorCases() {}

  static List<SnsErrorCase> all() {
    List<SnsErrorCase> rows =
        new ArrayList<>(
            List.of(
                plain("Color is not a valid attribute")
                    .when("an unknown name", "SetSMSAttributes", set("Color", "red")),
                // The service spells it so.
                plain("DefaultSendID is not a valid attribute")
                    .when("digits alone", "SetSMSAttributes", set("DefaultSenderID", "12345")),
                plain("DefaultSendID is not a valid attribute")
                    .when("12 letters", "SetSMSAttributes", set("DefaultSenderID", "abcdefghijkl")),
                plain("DefaultSMSType is invalid")
                    .when("another type", "SetSMSAttributes", set("DefaultSMSType", "Urgent")),
                error("ValidationException", 400, "")
                    .when("a page of 31", "ListOriginationNumbers", "MaxResults=31"),
                error("ValidationException", 400, "")
                    .when("a page of none", "ListOriginationNumbers", "MaxResults=0")));
    for (String action : List.of("OptInPhoneNumber", "CheckIfPhoneNumberIsOptedOut")) {
      rows.add(
          invalid("PhoneNumber Reason: input incorrectly formatted")
              .when("no number", action, "phoneNumber=NAA+15551234567"));
    }
    return rows;
  }

  private static String set(String name, String value) {
    return "attributes.entry.1.key=" + name + "&attributes.entry.1.value=" + value;
  }
}
