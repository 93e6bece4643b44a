package io.tern.conformance.sns;

import static io.tern.conformance.sns.SnsErrorCase.absent;
import static io.tern.conformance.sns.SnsErrorCase.invalid;

import java.util.List;
import java.util.stream.Stream;

/** Rows of {@link SnsErrorsTest}: platform applications and their endpoints. */
final class PushErrorCases {
  private static final String APPLICATION = "Name={name}&Platform=GCM";
  private static final String CREDENTIAL =
      "&Attributes.entry.1.key=PlatformCredential&Attributes.entry.1.value=s";
  private static final String PRINCIPAL =
      "&Attributes.entry.1.key=PlatformPrincipal&Attributes.entry.1.value=s";

  private PushErrorCases() {}

  static List<SnsErrorCase> all() {
    return Stream.concat(applications().stream(), endpoints().stream()).toList();
  }

  private static List<SnsErrorCase> applications() {
    String characters =
        " Reason: must contain only characters 'a'-'z', 'A'-'Z', '0'-'9', '_', '-', and '.'";
    String attributes = "Attributes Reason: ";
    return List.of(
        invalid("Platform Reason: PIGEON is not supported")
            .when(
                "another platform",
                "CreatePlatformApplication",
                "Name={name}&Platform=PIGEON" + CREDENTIAL),
        invalid("{256}x Reason: must be at most 256 characters long")
            .when(
                "257 characters",
                "CreatePlatformApplication",
                "Name={256}x&Platform=GCM" + CREDENTIAL),
        invalid(" Reason: cannot be empty")
            .when("no name", "CreatePlatformApplication", "Name=&Platform=GCM" + CREDENTIAL),
        invalid("a b" + characters)
            .when("a blank", "CreatePlatformApplication", "Name=a b&Platform=GCM" + CREDENTIAL),
        absent("attributes").when("no attributes", "CreatePlatformApplication", APPLICATION),
        invalid(attributes + "PlatformPrincipal attribute provided without PlatformCredential")
            .when("no credential", "CreatePlatformApplication", APPLICATION + PRINCIPAL),
        invalid(attributes + "PlatformCredential attribute provided without PlatformPrincipal")
            .when(
                "no principal",
                "CreatePlatformApplication",
                "Name={name}&Platform=APNS" + CREDENTIAL),
        absent("attributes")
            .when(
                "no attributes",
                "SetPlatformApplicationAttributes",
                "PlatformApplicationArn={app}"));
  }

  private static List<SnsErrorCase> endpoints() {
    String attributes = "Attributes Reason: ";
    return List.of(
        invalid(
                "Token Reason: Endpoint {endpoint} already exists with the same Token, but"
                    + " different attributes.")
            .when(
                "the same token",
                "CreatePlatformEndpoint",
                "PlatformApplicationArn={app}&Token=token&CustomUserData=other"),
        invalid(attributes + "Invalid attribute name: Color")
            .when(
                "an unknown name",
                "CreatePlatformEndpoint",
                "PlatformApplicationArn={app}&Token=new" + attribute("Color", "red")),
        invalid(
                attributes
                    + "Invalid value for attribute: CustomUserData: must be at most 2048 bytes long"
                    + " in UTF-8 encoding")
            .when(
                "2,049 bytes",
                "CreatePlatformEndpoint",
                "PlatformApplicationArn={app}&Token=new&CustomUserData={2048}x"),
        absent("attributes")
            .when("no attributes", "SetEndpointAttributes", "EndpointArn={endpoint}"),
        invalid(attributes + "Invalid attribute name: Color")
            .when(
                "an unknown name",
                "SetEndpointAttributes",
                "EndpointArn={endpoint}" + attribute("Color", "red")),
        invalid("Attributes Reason: Invalid value for attribute: Enabled")
            .when(
                "neither true nor false",
                "SetEndpointAttributes",
                "EndpointArn={endpoint}" + attribute("Enabled", "maybe")));
  }

  private static String attribute(String name, String value) {
    return "&Attributes.entry.1.key=" + name + "&Attributes.entry.1.value=" + value;
  }
}
