package io.tern.node.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How notifications leave the cluster. A gateway that is null is not configured: deliveries by its
 * protocol are refused.
 *
 * @param allowed ranges that endpoints may be in although they are private, loopback or the like
 * @param authorities a PEM file of certificates to trust besides the machine's
 */
public record DeliveryConfig(
    List<Cidr> allowed,
    @Nullable Path authorities,
    @Nullable Mail mail,
    @Nullable Functions functions,
    @Nullable Gateway textMessages,
    @Nullable Gateway push,
    @Nullable Streams streams) {

  /** Only http and https endpoints on public addresses. */
  public static final DeliveryConfig PUBLIC_WEB =
      new DeliveryConfig(List.of(), null, null, null, null, null, null);

  /** How a connection to the mail server is protected. */
  public enum MailSecurity {
    NONE,
    STARTTLS,
    TLS
  }

  /**
   * Where mail is submitted.
   *
   * @param user empty to send without authentication
   * @param from the address mail comes from
   */
  public record Mail(
      String host, int port, MailSecurity security, String user, String password, String from) {
    /** The password is nobody's business in a log. */
    @Override
    public String toString() {
      return "Mail[" + host + ":" + port + ", " + security + ", from " + from + "]";
    }
  }

  /**
   * Where functions are invoked.
   *
   * @param url the base of the Invoke API, or with {@code {function}} in it the whole URL
   * @param credentials to sign with, or null
   */
  public record Functions(String url, @Nullable Credentials credentials) {}

  /**
   * Something that takes text messages or push notifications over HTTP. URL, headers and body may
   * hold placeholders such as {@code {to}}.
   *
   * @param headers each as {@code Name: value}
   */
  public record Gateway(String url, String method, List<String> headers, String body) {
    /** Headers and URL may hold keys. */
    @Override
    public String toString() {
      return "Gateway[" + method + " " + URI.create(url.replaceAll("[{}]", "")).getHost() + "]";
    }
  }

  /**
   * Where the batches of streams go: posted to a URL, or put as objects into a bucket.
   *
   * @param url the URL batches are posted to, or of the bucket; may hold {@code {stream}}
   * @param isBucket true to put objects
   * @param prefix of object keys; may hold {@code {stream}}
   * @param batchBytes a batch this big goes at once
   * @param batchMillis longest wait of a record for others
   */
  public record Streams(
      String url,
      boolean isBucket,
      String prefix,
      int batchBytes,
      long batchMillis,
      @Nullable Credentials credentials) {}

  /** A key of an AWS account, or of something that speaks like one. */
  public record Credentials(String accessKey, String secretKey, String region) {
    /** The secret stays one. */
    @Override
    public String toString() {
      return "Credentials[" + accessKey + ", " + region + "]";
    }
  }
}
