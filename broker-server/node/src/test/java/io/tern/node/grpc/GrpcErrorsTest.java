package io.tern.node.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.ErrorFault;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every error has a status, and the ones that clients look at have the right one. */
class GrpcErrorsTest {

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void theStatusTellsWhoseFaultItWas(ErrorCode code) {
    Set<Status.Code> faultsOfOurs = Set.of(Status.Code.INTERNAL, Status.Code.UNAVAILABLE);

    Status.Code status = GrpcErrors.status(code).getCode();

    assertThat(status).isNotIn(Status.Code.OK, Status.Code.UNKNOWN, Status.Code.CANCELLED);
    assertThat(faultsOfOurs.contains(status)).isEqualTo(code.fault() == ErrorFault.RECEIVER);
  }

  @ParameterizedTest
  @CsvSource({
    "QUEUE_DOES_NOT_EXIST, NOT_FOUND",
    "TOPIC_NOT_FOUND, NOT_FOUND",
    "QUEUE_NAME_EXISTS, ALREADY_EXISTS",
    "INVALID_PARAMETER_VALUE, INVALID_ARGUMENT",
    "REQUEST_THROTTLED, RESOURCE_EXHAUSTED",
    "THROTTLED, RESOURCE_EXHAUSTED",
    "SERVICE_UNAVAILABLE, UNAVAILABLE",
    "UNSUPPORTED_OPERATION, UNIMPLEMENTED",
    "ACCESS_DENIED, PERMISSION_DENIED",
    "INTERNAL_FAILURE, INTERNAL"
  })
  void commonErrors(ErrorCode code, Status.Code status) {
    assertThat(GrpcErrors.status(code).getCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:9328, localhost",
    "localhost, localhost",
    "[::1]:9328, [::1]",
    "[::1], [::1]",
    "'', localhost"
  })
  void theHostOfAnAuthority(String authority, String host) {
    assertThat(GrpcCallers.hostOf(authority)).isEqualTo(host);
  }
}
