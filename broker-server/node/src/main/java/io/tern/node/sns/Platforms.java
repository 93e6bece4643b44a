package io.tern.node.sns;

import static io.tern.node.sns.Refusals.invalid;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tern.state.catalogue.ResourceKey;
import io.tern.state.catalogue.ResourceKind;
import io.tern.topics.policy.ArnChecks;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

/** What may be said of platform applications and their endpoints, and how they are addressed. */
final class Platforms {
  static final String ENABLED = "Enabled";
  static final String TOKEN = "Token";
  static final String USER_DATA = "CustomUserData";
  static final String APPLICATION_ARN = "PlatformApplicationArn";
  static final String ENDPOINT_ARN = "EndpointArn";

  private static final String CREDENTIAL = "PlatformCredential";
  private static final String PRINCIPAL = "PlatformPrincipal";
  private static final int NAME_CHARACTERS = 256;
  private static final int USER_DATA_BYTES = 2_048;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");

  private static final Set<String> PLATFORMS =
      Set.of(
          "ADM",
          "APNS",
          "APNS_SANDBOX",
          "APNS_VOIP",
          "APNS_VOIP_SANDBOX",
          "BAIDU",
          "GCM",
          "MACOS",
          "MACOS_SANDBOX",
          "MPNS",
          "WNS");

  /** Those that one secret is enough for. */
  private static final Set<String> WITHOUT_PRINCIPAL = Set.of("GCM", "MPNS");

  private static final Set<String> SECRETS = Set.of(CREDENTIAL, PRINCIPAL);

  private static final Set<String> APPLICATION_ATTRIBUTES =
      Set.of(
          CREDENTIAL,
          PRINCIPAL,
          "EventEndpointCreated",
          "EventEndpointDeleted",
          "EventEndpointUpdated",
          "EventDeliveryFailure",
          "SuccessFeedbackRoleArn",
          "FailureFeedbackRoleArn",
          "SuccessFeedbackSampleRate",
          "ApplePlatformTeamID",
          "ApplePlatformBundleID");

  private static final Set<String> ENDPOINT_ATTRIBUTES = Set.of(TOKEN, ENABLED, USER_DATA);

  private Platforms() {}

  static void checkPlatform(String platform) {
    if (!PLATFORMS.contains(platform)) {
      throw invalid("Platform Reason: " + platform + " is not supported");
    }
  }

  static void checkName(String name) {
    if (name.isEmpty()) {
      throw invalid(name + " Reason: cannot be empty");
    }
    if (name.length() > NAME_CHARACTERS) {
      throw invalid(name + " Reason: must be at most 256 characters long");
    }
    if (!NAME.matcher(name).matches()) {
      throw invalid(
          name
              + " Reason: must contain only characters 'a'-'z', 'A'-'Z', '0'-'9', '_', '-', and"
              + " '.'");
    }
  }

  static void checkCredentials(String platform, Map<String, String> attributes) {
    boolean principal = attributes.containsKey(PRINCIPAL);
    boolean credential = attributes.containsKey(CREDENTIAL);
    if (principal && !credential) {
      throw invalid(
          "Attributes Reason: PlatformPrincipal attribute provided without PlatformCredential");
    }
    if (credential && !principal && !WITHOUT_PRINCIPAL.contains(platform)) {
      throw invalid(
          "Attributes Reason: PlatformCredential attribute provided without PlatformPrincipal");
    }
  }

  static void checkApplicationAttributes(Map<String, String> attributes) {
    checkNames(attributes, APPLICATION_ATTRIBUTES);
  }

  /** What is stored of an endpoint's attributes. */
  static SortedMap<String, String> endpointAttributes(Map<String, String> attributes) {
    checkNames(attributes, ENDPOINT_ATTRIBUTES);
    SortedMap<String, String> stored = new TreeMap<>(attributes);
    String enabled = stored.get(ENABLED);
    if (enabled != null) {
      boolean isBoolean = enabled.equalsIgnoreCase("true") || enabled.equalsIgnoreCase("false");
      if (!isBoolean) {
        throw invalid("Attributes Reason: Invalid value for attribute: Enabled");
      }
      stored.put(ENABLED, Boolean.toString(Boolean.parseBoolean(enabled)));
    }
    if (stored.getOrDefault(USER_DATA, "").getBytes(UTF_8).length > USER_DATA_BYTES) {
      throw invalid(
          "Attributes Reason: Invalid value for attribute: CustomUserData: must be at most 2048"
              + " bytes long in UTF-8 encoding");
    }
    return stored;
  }

  private static void checkNames(Map<String, String> attributes, Set<String> known) {
    for (String name : new TreeMap<>(attributes).keySet()) {
      if (!known.contains(name)) {
        throw invalid("Attributes Reason: Invalid attribute name: " + name);
      }
    }
  }

  /** An application's attributes as they are shown: no secrets. */
  static SortedMap<String, String> shown(SortedMap<String, String> stored) {
    SortedMap<String, String> shown = new TreeMap<>(stored);
    shown.keySet().removeAll(SECRETS);
    shown.putIfAbsent(ENABLED, "true");
    return shown;
  }

  /** The application that an ARN of this region names. */
  static ResourceKey application(String region, String arn) {
    List<String> path = path(region, APPLICATION_ARN, arn, "app", 3);
    return new ResourceKey(
        ResourceKind.PLATFORM_APPLICATION, region, account(arn), path.get(1) + "/" + path.get(2));
  }

  /** The endpoint that an ARN of this region names. */
  static ResourceKey endpoint(String region, String parameter, String arn) {
    List<String> path = path(region, parameter, arn, "endpoint", 4);
    return new ResourceKey(
        ResourceKind.PLATFORM_ENDPOINT,
        region,
        account(arn),
        path.get(1) + "/" + path.get(2) + "/" + path.get(3));
  }

  /** The platform of an endpoint, as messages name it. */
  static String platformOf(ResourceKey endpoint) {
    return endpoint.name().substring(0, endpoint.name().indexOf('/'));
  }

  /** The application of an endpoint. */
  static ResourceKey applicationOf(ResourceKey endpoint) {
    String name = endpoint.name();
    return new ResourceKey(
        ResourceKind.PLATFORM_APPLICATION,
        endpoint.region(),
        endpoint.account(),
        name.substring(0, name.lastIndexOf('/')));
  }

  static String arn(ResourceKey key) {
    String kind = key.kind() == ResourceKind.PLATFORM_APPLICATION ? "app" : "endpoint";
    return "arn:aws:sns:" + key.region() + ":" + key.account() + ":" + kind + "/" + key.name();
  }

  /** Always the same for a token, so that two who register it at once make one endpoint. */
  static ResourceKey endpointFor(ResourceKey application, String token, int attempt) {
    byte[] seed = (arn(application) + "\n" + token + "\n" + attempt).getBytes(UTF_8);
    return application.endpoint(UUID.nameUUIDFromBytes(seed).toString());
  }

  private static List<String> path(
      String region, String parameter, String arn, String kind, int length) {
    Refusals.check(ArnChecks.shape(parameter, arn));
    List<String> parts = parts(arn);
    List<String> path = List.of(parts.get(5).split("/", -1));
    if (path.size() != length) {
      throw invalid(parameter + " Reason: Wrong number of slashes in relative portion of the ARN.");
    }
    if (parts.size() != 6 || !parts.get(2).equals("sns") || !path.getFirst().equals(kind)) {
      throw invalid(parameter);
    }
    if (!parts.get(3).equals(region)) {
      throw invalid(parameter);
    }
    return path;
  }

  private static List<String> parts(String arn) {
    return List.of(arn.split(":", -1));
  }

  private static String account(String arn) {
    return parts(arn).get(4);
  }
}
