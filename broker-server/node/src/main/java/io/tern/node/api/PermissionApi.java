package io.tern.node.api;

import io.tern.proto.sqs.AddPermissionRequest;
import io.tern.proto.sqs.AddPermissionResult;
import io.tern.proto.sqs.RemovePermissionRequest;
import io.tern.proto.sqs.RemovePermissionResult;
import io.tern.protocols.TernException;
import io.tern.state.Command;
import io.tern.state.QueueName;
import io.tern.state.Reply;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import io.tern.state.limits.QueueAttributes;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** Adding and removing permissions: edits of a queue's policy that do not lose each other. */
final class PermissionApi {
  private final QueueDirectory directory;
  private final CatalogueCalls catalogue;

  PermissionApi(QueueDirectory directory, CatalogueCalls catalogue) {
    this.directory = directory;
    this.catalogue = catalogue;
  }

  void addTo(ApiTable table) {
    table.add("AddPermission", AddPermissionRequest.class, this::addPermission);
    table.add("RemovePermission", RemovePermissionRequest.class, this::removePermission);
  }

  CompletableFuture<AddPermissionResult> addPermission(
      Caller caller, AddPermissionRequest request) {
    QueueName name = directory.named(request.getQueueUrl());
    Replies.require(request.getLabel(), "Label");
    if (request.getActionsCount() == 0) {
      throw Replies.missing("Actions");
    }
    Permission permission =
        new Permission(
            request.getLabel(), request.getAwsAccountIdsList(), request.getActionsList());
    return edit(
            caller,
            name,
            policy -> {
              permission.check();
              return QueuePolicies.withStatement(policy, directory.arn(name), permission);
            },
            Limits.POLICY_EDITS)
        .thenApply(done -> AddPermissionResult.getDefaultInstance());
  }

  CompletableFuture<RemovePermissionResult> removePermission(
      Caller caller, RemovePermissionRequest request) {
    QueueName name = directory.named(request.getQueueUrl());
    Replies.require(request.getLabel(), "Label");
    return edit(
            caller,
            name,
            policy -> QueuePolicies.withoutStatement(policy, request.getLabel()),
            Limits.POLICY_EDITS)
        .thenApply(done -> RemovePermissionResult.getDefaultInstance());
  }

  /** Another edit may come between reading and writing; then it is read again. */
  private CompletableFuture<Void> edit(
      Caller caller, QueueName name, UnaryOperator<String> change, int triesLeft) {
    return directory
        .fresh(caller, name)
        .thenCompose(queue -> {
          String policy = queue.attributes().getOrDefault(QueueAttributes.POLICY, "");
          return catalogue.ask(
              caller, new Command.ReplacePolicy(queue.queue(), policy, change.apply(policy)));
        })
        .thenCompose(reply -> {
          if (!(reply instanceof Reply.Outdated)) {
            return catalogue.inForce(caller, reply);
          }
          return triesLeft > 1
              ? edit(caller, name, change, triesLeft - 1)
              : CompletableFuture.failedFuture(
                  new TernException(
                      ErrorCode.SERVICE_UNAVAILABLE,
                      "Too many callers change the policy of the queue. Please try again."));
        });
  }
}
