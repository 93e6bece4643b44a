package io.tern.topics.policy;

import java.util.Arrays;
import java.util.Optional;

/** What subscriptions can deliver to, and what each kind of endpoint can do. */
public enum Protocol {
  SQS("sqs", EndpointClass.AWS_MANAGED, true, true),
  LAMBDA("lambda", EndpointClass.AWS_MANAGED, false, true),
  FIREHOSE("firehose", EndpointClass.AWS_MANAGED, true, true),
  APPLICATION("application", EndpointClass.CUSTOMER_MANAGED, false, true),
  SMS("sms", EndpointClass.CUSTOMER_MANAGED, false, true),
  EMAIL("email", EndpointClass.CUSTOMER_MANAGED, false, false),
  EMAIL_JSON("email-json", EndpointClass.CUSTOMER_MANAGED, false, false),
  HTTP("http", EndpointClass.HTTP, true, false),
  HTTPS("https", EndpointClass.HTTP, true, false);

  /** Whose machines they are decides how patiently deliveries are retried. */
  public enum EndpointClass {
    AWS_MANAGED,
    CUSTOMER_MANAGED,
    HTTP
  }

  private final String text;
  private final EndpointClass endpointClass;
  private final boolean canBeRaw;
  private final boolean confirmedAtOnce;

  Protocol(String text, EndpointClass endpointClass, boolean canBeRaw, boolean confirmedAtOnce) {
    this.text = text;
    this.endpointClass = endpointClass;
    this.canBeRaw = canBeRaw;
    this.confirmedAtOnce = confirmedAtOnce;
  }

  /** As callers spell it, in lower case only. */
  public String text() {
    return text;
  }

  public EndpointClass endpointClass() {
    return endpointClass;
  }

  /** Whether RawMessageDelivery means anything to it. */
  public boolean canBeRaw() {
    return canBeRaw;
  }

  /** Whether an endpoint of the caller's own account needs no confirmation. */
  public boolean confirmedAtOnce() {
    return confirmedAtOnce;
  }

  public static Optional<Protocol> of(String text) {
    return Arrays.stream(values()).filter(protocol -> protocol.text.equals(text)).findFirst();
  }
}
