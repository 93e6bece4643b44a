package io.tern.node.delivery;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.tern.node.leader.ReceivedNotification;
import io.tern.node.metrics.DeliveryMetrics;
import io.tern.proto.content.TopicMessage;
import io.tern.state.Command;
import io.tern.state.Delivery;
import io.tern.state.MoveTarget;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.Reply;
import io.tern.state.TopicCommand;
import io.tern.topics.envelope.TextOf;
import io.tern.topics.policy.Protocol.EndpointClass;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Records in the queue how an attempt ended: gone, hidden until its retry, or given up. A part of
 * {@link DeliveryLane}. What is not recorded is found again when the message becomes visible.
 */
final class Settlement {
  private static final int ALL = 100;

  private final QueueId queue;
  private final LedQueues queues;
  private final DeliveryPorts ports;
  private final OldestDeliveries oldest;

  Settlement(QueueId queue, LedQueues queues, DeliveryPorts ports, OldestDeliveries oldest) {
    this.queue = queue;
    this.queues = queues;
    this.ports = ports;
    this.oldest = oldest;
  }

  /** Records it; ends when the queue has it. */
  @CanIgnoreReturnValue
  CompletableFuture<Reply> settle(
      DeliveryTarget to,
      ReceivedNotification message,
      Outcome outcome,
      DeliveryMetrics.@Nullable OfSubscription meters) {
    Delivery delivery = message.delivery();
    return switch (outcome) {
      case Outcome.Delivered _ -> {
        if (meters != null) {
          meters.delivered();
        }
        tell(to, message, outcome, true);
        oldest.gone(delivery.number());
        yield queues.submit(
            new Command.DeleteMessage(queue, delivery.number(), delivery.receiveCount()));
      }
      case Outcome.Retry _ -> {
        OptionalLong delay =
            to.retries().delayMillis(delivery.receiveCount(), ports.chance().getAsDouble());
        failed(to, message, outcome, meters, delay.isEmpty());
        yield delay.isPresent()
            ? queues.submit(
                new Command.ChangeVisibility(
                    queue, delivery.number(), delivery.receiveCount(), delay.getAsLong()))
            : giveUp(to, delivery, meters);
      }
      case Outcome.Refused _, Outcome.Forbidden _ -> {
        failed(to, message, outcome, meters, true);
        yield giveUp(to, delivery, meters);
      }
    };
  }

  /** Of web endpoints every attempt counts, of others what is given up: so SNS counts. */
  private void failed(
      DeliveryTarget to,
      ReceivedNotification message,
      Outcome outcome,
      DeliveryMetrics.@Nullable OfSubscription meters,
      boolean isLast) {
    if (isLast || to.protocol().endpointClass() == EndpointClass.HTTP) {
      if (meters != null) {
        meters.failed();
      }
      tell(to, message, outcome, false);
    }
  }

  private CompletableFuture<Reply> giveUp(
      DeliveryTarget to, Delivery delivery, DeliveryMetrics.@Nullable OfSubscription meters) {
    oldest.gone(delivery.number());
    QueueName name = to.deadLetter();
    if (name == null) {
      return giveUp(delivery, null);
    }
    Optional<MoveTarget> known = ports.routes().find(name);
    CompletableFuture<Optional<MoveTarget>> found =
        known.isPresent()
            ? CompletableFuture.completedFuture(known)
            : ports.routes().caughtUp().thenApply(_ -> ports.routes().find(name));
    return found.thenCompose(target ->
        giveUp(delivery, target.orElse(null))
            .thenApply(reply -> {
              if (meters != null && reply instanceof Reply.Done) {
                meters.redriven(target.isPresent());
              }
              return reply;
            }));
  }

  private CompletableFuture<Reply> giveUp(Delivery delivery, @Nullable MoveTarget target) {
    return queues.submit(
        new TopicCommand.GiveUpMessage(queue, delivery.number(), delivery.receiveCount(), target));
  }

  private void tell(
      DeliveryTarget to, ReceivedNotification message, Outcome outcome, boolean isSuccess) {
    boolean isWanted =
        isSuccess
            ? ports.chance().getAsDouble() * ALL < to.feedback().successPercent()
            : to.feedback().failures();
    if (!isWanted) {
      return;
    }
    TopicMessage body = message.content().getMessage();
    String direct = body.getDirectEndpoint();
    long nowMillis = ports.clock().wallMillis();
    DeliveryLog.write(
        new DeliveryLog.Attempt(
            new UUID(body.getIdHigh(), body.getIdLow()),
            TextOf.protocol(body, to.protocol().text()),
            body.getTopicArn(),
            direct.isEmpty() ? to.subscription().endpoint() : direct,
            nowMillis,
            Math.max(0, nowMillis - body.getPublishedMillis()),
            message.delivery().receiveCount()),
        outcome);
  }
}
