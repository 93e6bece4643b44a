package io.tern.protocols;

import java.nio.charset.StandardCharsets;

/**
 * Which of the two services on the port an AWS Query request is for. Asked by {@link WireCodec};
 * signed requests are decided by their credential scope, only the others are looked into.
 */
final class ServiceChoice {
  private final OperationTable sqs;
  private final OperationTable sns;

  ServiceChoice(OperationTable sqs, OperationTable sns) {
    this.sqs = sqs;
    this.sns = sns;
  }

  /** The service the request is signed for, else that of its Version, else of its Action. */
  OperationTable of(WireRequest request) {
    CredentialScope scope = CredentialScope.of(request);
    if (scope != null && scope.service().equals(sns.service())) {
      return sns;
    }
    if (scope != null && scope.service().equals(sqs.service())) {
      return sqs;
    }
    Glance glance = new Glance();
    glance.over(request.rawQuery().getBytes(StandardCharsets.UTF_8));
    glance.over(AwsQuery.form(request));
    if (glance.version.equals(sns.version())) {
      return sns;
    }
    if (glance.version.equals(sqs.version()) || sns.byAction(glance.action) == null) {
      return sqs;
    }
    if (sqs.byAction(glance.action) == null) {
      return sns;
    }
    boolean namesQueue = glance.hasQueueUrl || QueuePath.of(request.path()) != null;
    return glance.hasTopicArn && !namesQueue ? sns : sqs;
  }

  /** The few parameters that tell the services apart, without reading all the others. */
  private static final class Glance {
    private static final int LONGEST_NAME = 8;
    private static final int LONGEST_VALUE = 64;

    private String action = "";
    private String version = "";
    private boolean hasTopicArn;
    private boolean hasQueueUrl;

    void over(byte[] encoded) {
      int start = 0;
      while (start < encoded.length) {
        int end = start;
        int equals = -1;
        while (end < encoded.length && encoded[end] != '&') {
          if (encoded[end] == '=' && equals < 0) {
            equals = end;
          }
          end++;
        }
        if (equals > start && equals - start <= LONGEST_NAME) {
          note(text(encoded, start, equals), encoded, equals + 1, end);
        }
        start = end + 1;
      }
    }

    private void note(String name, byte[] encoded, int from, int to) {
      switch (name) {
        case "Action" -> action = text(encoded, from, Math.min(to, from + LONGEST_VALUE));
        case "Version" -> version = text(encoded, from, Math.min(to, from + LONGEST_VALUE));
        case "TopicArn" -> hasTopicArn = true;
        case "QueueUrl" -> hasQueueUrl = true;
        default -> {
          // Says nothing about the service.
        }
      }
    }

    private static String text(byte[] encoded, int from, int to) {
      return new String(encoded, from, to - from, StandardCharsets.ISO_8859_1);
    }
  }
}
