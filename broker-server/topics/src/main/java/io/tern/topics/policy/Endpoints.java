package io.tern.topics.policy;

import io.tern.state.TopicName;
import io.tern.state.limits.ErrorCode;
import io.tern.topics.envelope.TopicArn;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What can be subscribed: a protocol and an endpoint that suits it and the topic. */
public final class Endpoints {
  private static final Pattern SEPARATORS = Pattern.compile("[-./]");
  private static final Pattern TWO_SEPARATORS = Pattern.compile("[-./]{2}");
  private static final Pattern SEPARATOR_AT_END = Pattern.compile("^[-./]|[-./]$");
  private static final Pattern PHONE_NUMBER = Pattern.compile("\\+?[1-9][0-9]{1,14}");
  private static final Pattern MAIL =
      Pattern.compile("[^\\s@;,<>()\"]+@[^\\s@;,<>()\"]+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern QUEUE = arn("sqs", "[^:/]+");
  private static final Pattern FUNCTION = arn("lambda", "function:[^:]+(:[^:]+)?");
  private static final Pattern STREAM = arn("firehose", "deliverystream/[^:/]+");
  private static final Pattern DEVICE = arn("sns", "endpoint/[^/]+/[^/]+/[^/]+");
  private static final Pattern PASSWORD = Pattern.compile("^(https?://[^/@:]*:)[^/@]*@");

  private Endpoints() {}

  /** The protocol of a request. */
  public static Checked<Protocol> protocol(String text) {
    return Protocol.of(text)
        .map(Checked::good)
        .orElseGet(() ->
            Checked.bad(
                Refusal.invalid("Amazon SNS does not support this protocol string: " + text)));
  }

  /**
   * The endpoint as it is stored.
   *
   * @param endpoint null if the request has none
   */
  public static Checked<String> check(
      TopicName topic, Protocol protocol, @Nullable String endpoint) {
    String given = endpoint == null ? "" : endpoint;
    Optional<Refusal> kind = suits(topic, protocol, given);
    if (kind.isPresent()) {
      return Checked.bad(kind.get());
    }
    return switch (protocol) {
      case SQS -> matching(QUEUE, given, "SQS endpoint ARN");
      case LAMBDA -> matching(FUNCTION, given, "Lambda endpoint ARN");
      case FIREHOSE -> matching(STREAM, given, "Firehose endpoint ARN");
      case APPLICATION -> matching(DEVICE, given, "Application endpoint arn invalid:" + given);
      case SMS -> phoneNumber(given);
      case EMAIL, EMAIL_JSON -> matching(MAIL, given, "Email address");
      case HTTP, HTTPS -> url(protocol, given);
    };
  }

  /** The endpoint as lists show it: without the password that a URL may contain. */
  public static String shown(String endpoint) {
    return PASSWORD.matcher(endpoint).replaceFirst("$1****@");
  }

  private static Optional<Refusal> suits(TopicName topic, Protocol protocol, String endpoint) {
    boolean fifoTopic = TopicArn.isFifo(topic.name());
    if (protocol != Protocol.SQS) {
      return fifoTopic
          ? refuse("Invalid parameter: Endpoint Reason: Please use FIFO SQS queue")
          : Optional.empty();
    }
    return !fifoTopic && TopicArn.isFifo(endpoint)
        ? refuse(
            "Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard"
                + " SNS topics")
        : Optional.empty();
  }

  private static Checked<String> phoneNumber(String given) {
    String number = SEPARATORS.matcher(given).replaceAll("");
    boolean fine =
        !TWO_SEPARATORS.matcher(given).find()
            && !SEPARATOR_AT_END.matcher(given).find()
            && PHONE_NUMBER.matcher(number).matches();
    return fine
        ? Checked.good(number)
        : Checked.bad(
            new Refusal(ErrorCode.SNS_INVALID_PARAMETER, "Invalid SMS endpoint: " + given));
  }

  private static Checked<String> url(Protocol protocol, String given) {
    if (!given.startsWith(protocol.text() + "://")) {
      return Checked.bad(Refusal.invalid("Endpoint must match the specified protocol"));
    }
    try {
      String authority = new URI(given).getRawAuthority();
      boolean fine =
          authority != null && !authority.substring(authority.lastIndexOf('@') + 1).isEmpty();
      return fine ? Checked.good(given) : Checked.bad(Refusal.invalid("Endpoint"));
    } catch (URISyntaxException notAUrl) {
      return Checked.bad(Refusal.invalid("Endpoint"));
    }
  }

  private static Checked<String> matching(Pattern pattern, String given, String otherwise) {
    return pattern.matcher(given).matches()
        ? Checked.good(given)
        : Checked.bad(Refusal.invalid(otherwise));
  }

  private static Pattern arn(String service, String resource) {
    return Pattern.compile("arn:[^:]+:" + service + ":[^:]*:[^:]+:" + resource);
  }

  private static Optional<Refusal> refuse(String what) {
    return Optional.of(Refusal.invalid(what));
  }
}
