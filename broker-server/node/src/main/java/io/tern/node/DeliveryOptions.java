package io.tern.node;

import io.tern.node.config.Cidr;
import io.tern.node.config.DeliveryConfig;
import io.tern.node.config.DeliveryConfig.Credentials;
import io.tern.node.config.DeliveryConfig.Gateway;
import io.tern.node.config.DeliveryConfig.MailSecurity;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** The options of {@code tern serve} that say how notifications reach the world. */
final class DeliveryOptions {
  private static final int LEAST_BATCH_BYTES = 1_024;
  private static final int BATCH_BYTES = 16 * 1_048_576;
  private static final int BATCH_SECONDS = 900;

  @CommandLine.Option(
      names = "--delivery-allow",
      split = ",",
      paramLabel = "RANGE",
      description =
          "Addresses that http and https endpoints may have although they are not public, as"
              + " 10.1.0.0/16,127.0.0.1.")
  private List<String> allow = List.of();

  @CommandLine.Option(
      names = "--delivery-ca",
      defaultValue = "",
      paramLabel = "FILE",
      description = "PEM file of certificates to trust besides the machine's own.")
  private String authorities = "";

  @CommandLine.Option(
      names = "--smtp-host",
      defaultValue = "",
      description = "Server that mail is submitted to; without it email is not delivered.")
  private String mailHost = "";

  @CommandLine.Option(
      names = "--smtp-port",
      defaultValue = "587",
      description = "Its port (default: ${DEFAULT-VALUE}).")
  private int mailPort;

  @CommandLine.Option(
      names = "--smtp-security",
      defaultValue = "STARTTLS",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private MailSecurity mailSecurity = MailSecurity.STARTTLS;

  @CommandLine.Option(
      names = "--smtp-user",
      defaultValue = "",
      description = "Who we are there; without it there is no authentication.")
  private String mailUser = "";

  @CommandLine.Option(
      names = "--smtp-password",
      defaultValue = "",
      description = "Better given as TERN_SMTP_PASSWORD or in the file of TERN_CONFIG.")
  private String mailPassword = "";

  @CommandLine.Option(
      names = "--smtp-from",
      defaultValue = "",
      description = "The address that mail comes from; needed with --smtp-host.")
  private String mailFrom = "";

  @CommandLine.Option(
      names = "--lambda-url",
      defaultValue = "",
      description =
          "Base of the Lambda Invoke API, or a whole URL with {function} in it, also {qualifier},"
              + " {account} and {region}.")
  private String functionUrl = "";

  @CommandLine.Option(
      names = "--sms-url",
      defaultValue = "",
      description =
          "Gateway that takes text messages. URL, headers and body may have {to}, {text},"
              + " {senderId}, {type} and {messageId}.")
  private String smsUrl = "";

  @CommandLine.Option(
      names = "--sms-method",
      defaultValue = "POST",
      description = "Method of the request (default: ${DEFAULT-VALUE}).")
  private String smsMethod = "";

  @CommandLine.Option(
      names = "--sms-headers",
      split = "\\|",
      paramLabel = "HEADER",
      description = "Headers of the request, as 'Name: value|Name: value'.")
  private List<String> smsHeaders = List.of();

  @CommandLine.Option(
      names = "--sms-body",
      defaultValue =
          "{\"to\":\"{to}\",\"text\":\"{text}\",\"senderId\":\"{senderId}\",\"type\":\"{type}\","
              + "\"messageId\":\"{messageId}\"}",
      description = "Body of the request (default: ${DEFAULT-VALUE}).")
  private String smsBody = "";

  @CommandLine.Option(
      names = "--push-url",
      defaultValue = "",
      description =
          "Gateway that takes push notifications. URL, headers and body may have {platform},"
              + " {application}, {token}, {payload}, {ttlSeconds}, {endpointArn} and {messageId}.")
  private String pushUrl = "";

  @CommandLine.Option(
      names = "--push-method",
      defaultValue = "POST",
      description = "Method of the request (default: ${DEFAULT-VALUE}).")
  private String pushMethod = "";

  @CommandLine.Option(
      names = "--push-headers",
      split = "\\|",
      paramLabel = "HEADER",
      description = "Headers of the request, as 'Name: value|Name: value'.")
  private List<String> pushHeaders = List.of();

  @CommandLine.Option(
      names = "--push-body",
      defaultValue =
          "{\"platform\":\"{platform}\",\"application\":\"{application}\",\"token\":\"{token}\","
              + "\"payload\":\"{payload}\",\"ttlSeconds\":\"{ttlSeconds}\","
              + "\"endpointArn\":\"{endpointArn}\",\"messageId\":\"{messageId}\"}",
      description = "Body of the request (default: ${DEFAULT-VALUE}).")
  private String pushBody = "";

  @CommandLine.Option(
      names = "--firehose-url",
      defaultValue = "",
      description = "URL that batches of delivery streams are posted to; may have {stream}.")
  private String streamUrl = "";

  @CommandLine.Option(
      names = "--firehose-bucket",
      defaultValue = "",
      description = "URL of the bucket that batches are put into instead; may have {stream}.")
  private String bucketUrl = "";

  @CommandLine.Option(
      names = "--firehose-prefix",
      defaultValue = "{stream}/",
      description = "Start of the objects' names (default: ${DEFAULT-VALUE}).")
  private String streamPrefix = "";

  @CommandLine.Option(
      names = "--firehose-bytes",
      defaultValue = "5242880",
      description = "A batch this big is written at once (default: ${DEFAULT-VALUE}).")
  private int streamBytes;

  @CommandLine.Option(
      names = "--firehose-seconds",
      defaultValue = "60",
      description = "Longest time a batch is gathered (default: ${DEFAULT-VALUE}).")
  private int streamSeconds;

  @CommandLine.Option(
      names = "--delivery-access-key",
      defaultValue = "",
      description = "Signs requests to the bucket and to functions (SigV4); without it none.")
  private String accessKey = "";

  @CommandLine.Option(
      names = "--delivery-secret-key",
      defaultValue = "",
      description = "Better given as TERN_DELIVERY_SECRET_KEY or in the file of TERN_CONFIG.")
  private String secretKey = "";

  /**
   * What the options say together.
   *
   * @param region that signed requests name
   * @throws IllegalArgumentException if they contradict each other
   */
  DeliveryConfig config(String region) {
    Credentials credentials =
        accessKey.isEmpty() ? null : new Credentials(accessKey, secretKey, region);
    return new DeliveryConfig(
        allow.stream().map(Cidr::parse).toList(),
        authorities.isEmpty() ? null : Path.of(authorities),
        mail(),
        functionUrl.isEmpty() ? null : new DeliveryConfig.Functions(functionUrl, credentials),
        smsUrl.isEmpty() ? null : new Gateway(smsUrl, smsMethod, smsHeaders, smsBody),
        pushUrl.isEmpty() ? null : new Gateway(pushUrl, pushMethod, pushHeaders, pushBody),
        streams(credentials));
  }

  private DeliveryConfig.@Nullable Mail mail() {
    if (mailHost.isEmpty()) {
      return null;
    }
    require(!mailFrom.isEmpty(), "--smtp-host needs --smtp-from");
    return new DeliveryConfig.Mail(
        mailHost, mailPort, mailSecurity, mailUser, mailPassword, mailFrom);
  }

  private DeliveryConfig.@Nullable Streams streams(@Nullable Credentials credentials) {
    if (streamUrl.isEmpty() && bucketUrl.isEmpty()) {
      return null;
    }
    require(
        streamUrl.isEmpty() || bucketUrl.isEmpty(),
        "--firehose-url and --firehose-bucket exclude each other");
    require(
        streamBytes >= LEAST_BATCH_BYTES && streamBytes <= BATCH_BYTES,
        "--firehose-bytes is between " + LEAST_BATCH_BYTES + " and " + BATCH_BYTES);
    require(
        streamSeconds >= 0 && streamSeconds <= BATCH_SECONDS,
        "--firehose-seconds is between 0 and " + BATCH_SECONDS);
    boolean isBucket = streamUrl.isEmpty();
    return new DeliveryConfig.Streams(
        isBucket ? bucketUrl : streamUrl,
        isBucket,
        streamPrefix,
        streamBytes,
        1_000L * streamSeconds,
        credentials);
  }

  private static void require(boolean holds, String mistake) {
    if (!holds) {
      throw new IllegalArgumentException(mistake);
    }
  }
}
