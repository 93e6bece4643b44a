package io.tern.node.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When deliveries in a consumer's hands are hidden again, and which are forgotten. */
class OutstandingTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long VISIBILITY = 30 * SECOND;

  @Test
  void deliveriesAreNumberedFromOne() {
    Outstanding outstanding = new Outstanding(0);

    assertThat(outstanding.deliver(70, 1, 0, VISIBILITY).delivery).isEqualTo(1);
    assertThat(outstanding.deliver(71, 1, 0, VISIBILITY).delivery).isEqualTo(2);
    assertThat(outstanding.find(2)).isNotNull();
    assertThat(outstanding.find(3)).isNull();
  }

  @Test
  void withoutExtensionNothingIsEverDue() {
    Outstanding outstanding = new Outstanding(0);
    outstanding.deliver(70, 1, 0, VISIBILITY);

    assertThat(outstanding.nextDueNanos()).isEqualTo(Outstanding.NEVER);
  }

  @Test
  void aDeliveryIsExtendedAtHalfOfItsTimeAndNotBeyondTheEnd() {
    Outstanding outstanding = new Outstanding(50 * SECOND);
    Outstanding.Held held = outstanding.deliver(70, 1, 0, VISIBILITY);

    assertThat(outstanding.due(14 * SECOND)).isEmpty();
    assertThat(outstanding.nextDueNanos()).isEqualTo(15 * SECOND);
    assertThat(outstanding.due(15 * SECOND)).containsExactly(held);
    assertThat(outstanding.due(15 * SECOND)).as("only once").isEmpty();
    assertThat(outstanding.extensionNanos(held, 15 * SECOND, VISIBILITY)).isEqualTo(VISIBILITY);

    outstanding.extended(held, 15 * SECOND, VISIBILITY, VISIBILITY);
    assertThat(outstanding.due(30 * SECOND)).containsExactly(held);
    assertThat(outstanding.extensionNanos(held, 30 * SECOND, VISIBILITY)).isEqualTo(20 * SECOND);

    outstanding.extended(held, 30 * SECOND, 20 * SECOND, VISIBILITY);
    assertThat(outstanding.nextDueNanos()).isEqualTo(Outstanding.NEVER);
  }

  @Test
  void aFailedExtensionIsTriedAgainWhileTheMessageIsHidden() {
    Outstanding outstanding = new Outstanding(50 * SECOND);
    Outstanding.Held held = outstanding.deliver(70, 1, 0, VISIBILITY);
    assertThat(outstanding.due(15 * SECOND)).containsExactly(held);

    outstanding.extendAgain(held, 16 * SECOND);
    assertThat(outstanding.nextDueNanos()).isEqualTo(17 * SECOND);
    assertThat(outstanding.due(31 * SECOND)).containsExactly(held);
    outstanding.extendAgain(held, 31 * SECOND);
    assertThat(outstanding.nextDueNanos()).isEqualTo(Outstanding.NEVER);
  }

  @Test
  void whatIsBeingSettledIsNeitherExtendedNorForgotten() {
    Outstanding outstanding = new Outstanding(50 * SECOND);
    Outstanding.Held settling = outstanding.deliver(70, 1, 0, VISIBILITY);
    outstanding.deliver(71, 1, 0, VISIBILITY);
    settling.settling = true;

    assertThat(outstanding.due(15 * SECOND)).hasSize(1).doesNotContain(settling);
    outstanding.forgetExpired(31 * SECOND);
    assertThat(outstanding.size()).isEqualTo(1);
    assertThat(outstanding.unsettled()).isEmpty();
    outstanding.settled(settling);
    assertThat(outstanding.size()).isZero();
  }
}
