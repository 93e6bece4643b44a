package io.tern.state.limits;

/** Where an error is defined. {@link ErrorCode} tells it to the renderer of AWS JSON. */
enum ErrorOrigin {
  SQS("com.amazonaws.sqs", ""),
  /** The errors of SQS whose codes in AWS Query say so. */
  SQS_PREFIXED("com.amazonaws.sqs", "AWS.SimpleQueueService."),
  SNS("com.amazonaws.sns", ""),
  FRAMEWORK("com.amazon.coral.service", "");

  private final String namespace;
  private final String queryPrefix;

  ErrorOrigin(String namespace, String queryPrefix) {
    this.namespace = namespace;
    this.queryPrefix = queryPrefix;
  }

  /** What JSON writes before the name of the shape. */
  String namespace() {
    return namespace;
  }

  /** What AWS Query writes before a code that is called like the shape. */
  String queryPrefix() {
    return queryPrefix;
  }
}
