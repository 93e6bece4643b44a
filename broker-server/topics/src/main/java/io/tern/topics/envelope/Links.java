package io.tern.topics.envelope;

/** The URLs in documents and mails, below the address under which subscribers reach the cluster. */
public record Links(String baseUrl) {
  private static final String CERTIFICATE = "/SimpleNotificationService-";
  private static final String CERTIFICATE_END = ".pem";

  /**
   * Takes the address with or without a slash at its end.
   *
   * @param baseUrl as in {@code https://sns.example.com:9324}
   */
  public Links {
    while (baseUrl.endsWith("/")) {
      baseUrl = baseUrl.substring(0, baseUrl.length() - 1);
    }
  }

  /** ARNs stand in these URLs as they are, for SNS writes them so. */
  public String unsubscribe(String subscriptionArn) {
    return baseUrl + "/?Action=Unsubscribe&SubscriptionArn=" + subscriptionArn;
  }

  public String confirm(String topicArn, String token) {
    return baseUrl + "/?Action=ConfirmSubscription&TopicArn=" + topicArn + "&Token=" + token;
  }

  public String certificate(String certificateId) {
    return baseUrl + certificatePath(certificateId);
  }

  /** The path under which every node serves a certificate. */
  public static String certificatePath(String certificateId) {
    return CERTIFICATE + certificateId + CERTIFICATE_END;
  }

  /** The id in a path that asks for a certificate; empty if it asks for something else. */
  public static String certificateId(String path) {
    boolean isCertificate =
        path.startsWith(CERTIFICATE)
            && path.endsWith(CERTIFICATE_END)
            && path.length() > CERTIFICATE.length() + CERTIFICATE_END.length();
    return isCertificate
        ? path.substring(CERTIFICATE.length(), path.length() - CERTIFICATE_END.length())
        : "";
  }
}
