package io.tern.node.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handles of move tasks, which callers decode. */
class TaskHandleTest {
  private static final TaskHandle HANDLE =
      new TaskHandle(
          "0b1ad53c-2dd1-4e51-9d5e-5c7f8f1b1d4b", "arn:aws:sqs:us-east-1:000000000000:dead");

  @Test
  void aHandleIsJsonInBase64() {
    assertThat(new String(Base64.getDecoder().decode(HANDLE.text()), UTF_8))
        .isEqualTo(
            "{\"taskId\":\"0b1ad53c-2dd1-4e51-9d5e-5c7f8f1b1d4b\","
                + "\"sourceArn\":\"arn:aws:sqs:us-east-1:000000000000:dead\"}");
    assertThat(TaskHandle.parse(HANDLE.text())).isEqualTo(HANDLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%%%", "", "bm9qc29u", "e30=", "eyJ0YXNrSWQiOiJ4In0="})
  void whatIsNoneIsInvalid(String handle) {
    assertThatThrownBy(() -> TaskHandle.parse(handle))
        .hasMessage("Value for parameter TaskHandle is invalid.");
  }
}
