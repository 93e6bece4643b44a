package io.tern.chaos.workload;

import io.tern.chaos.history.Delivery;
import java.util.List;

/** A step that receives from one of some queues and deletes in the order of receipt. */
final class ReceiveAndDelete implements Step {
  private static final int MESSAGES = 10;
  private static final int FULL_RECEIVE_PERCENT = 70;
  private static final int BATCH_PERCENT = 75;

  private final List<LoadQueue> queues;
  private final int maxWaitSeconds;
  private final int leavePercent;

  /**
   * @param leavePercent how often it leaves what it received, or the end of it, until it is visible
   *     again
   */
  ReceiveAndDelete(List<LoadQueue> queues, int maxWaitSeconds, int leavePercent) {
    this.queues = List.copyOf(queues);
    this.maxWaitSeconds = maxWaitSeconds;
    this.leavePercent = leavePercent;
  }

  @Override
  public void run(Client client) {
    LoadQueue queue = client.oneOf(queues);
    int most =
        client.happens(FULL_RECEIVE_PERCENT) ? MESSAGES : client.random().nextInt(1, MESSAGES);
    int waitSeconds = client.random().nextInt(maxWaitSeconds + 1);
    List<Delivery> received =
        RecordingSqs.deliveries(client.sqs().receive(queue, most, waitSeconds));
    if (received.isEmpty()) {
      return;
    }
    int count =
        client.happens(leavePercent) ? client.random().nextInt(received.size()) : received.size();
    List<Delivery> done = received.subList(0, count);
    if (count > 1 && client.happens(BATCH_PERCENT)) {
      client.sqs().deleteBatch(queue, done);
      return;
    }
    for (Delivery delivery : done) {
      if (client.stopped()) {
        return;
      }
      client.sqs().delete(queue, delivery);
    }
  }
}
