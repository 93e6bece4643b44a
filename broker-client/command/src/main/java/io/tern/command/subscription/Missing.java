package io.tern.command.subscription;

import io.grpc.StatusRuntimeException;
import io.tern.command.output.CommandFailure;
import io.tern.command.rpc.Failures;

/** Says that a subscription is not there. For the commands that take an ARN. */
final class Missing {
  private Missing() {}

  /** In words of people if it is that; else the refusal as it was. */
  static RuntimeException orRefused(StatusRuntimeException refusal, String arn) {
    return Failures.isMissing(refusal)
        ? CommandFailure.refused("subscription \"" + arn + "\" does not exist")
        : refusal;
  }
}
