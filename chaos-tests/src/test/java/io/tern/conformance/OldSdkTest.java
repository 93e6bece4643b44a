package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** That {@link OnEachSdk} runs what it promises: the text of this error tells the protocol. */
@OnEachDeployment
class OldSdkTest {
  private final Deployment service;

  OldSdkTest(Deployment service) {
    this.service = service;
  }

  @Test
  void speaksQuery() {
    Deployment old = service.throughOldSdk();
    try {
      assertThatThrownBy(() -> old.sqs().getQueueUrl(r -> r.queueName("missing")))
          .isInstanceOf(QueueDoesNotExistException.class)
          .hasMessageContaining("for this wsdl version");
    } finally {
      old.close();
    }
  }
}
