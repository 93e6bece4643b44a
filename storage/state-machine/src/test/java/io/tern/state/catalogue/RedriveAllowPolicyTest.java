package io.tern.state.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.QueueName;
import io.tern.state.limits.QueueAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The one form in which a redrive allow policy is stored, and whom it allows. */
class RedriveAllowPolicyTest {
  private static final QueueName ORDERS = new QueueName("000000000000", "orders");
  private static final QueueName BILLS = new QueueName("000000000000", "bills");

  @Test
  void withoutAPolicyAllAreAllowed() {
    assertThat(RedriveAllowPolicy.of(new TreeMap<>()).allows(ORDERS)).isTrue();
    assertThat(read("").allows(ORDERS)).isTrue();
  }

  @Test
  void allOrNobody() {
    assertThat(read("{\"redrivePermission\":\"allowAll\"}").allows(ORDERS)).isTrue();
    assertThat(read("{\"redrivePermission\":\"denyAll\"}").allows(ORDERS)).isFalse();
  }

  @Test
  void byQueueAllowsThoseNamed() {
    RedriveAllowPolicy policy = new RedriveAllowPolicy("byQueue", List.of(arn("orders"), arn("x")));
    assertThat(policy.allows(ORDERS)).isTrue();
    assertThat(policy.allows(BILLS)).isFalse();
    assertThat(policy.allows(new QueueName("111111111111", "orders"))).isFalse();
  }

  @Test
  void everyPolicyComesBack() {
    for (int count = 0; count <= 10; count++) {
      List<String> arns = IntStream.range(0, count).mapToObj(i -> arn("queue-" + i)).toList();
      RedriveAllowPolicy policy = new RedriveAllowPolicy("byQueue", arns);
      assertThat(read(policy.text())).isEqualTo(policy);
    }
    RedriveAllowPolicy deny = new RedriveAllowPolicy("denyAll", List.of());
    assertThat(read(deny.text())).isEqualTo(deny);
  }

  @Test
  void theNormalFormIsThatOfTheEdge() {
    assertThat(new RedriveAllowPolicy("byQueue", List.of("arn1", "arn2")).text())
        .isEqualTo("{\"redrivePermission\":\"byQueue\",\"sourceQueueArns\":[\"arn1\",\"arn2\"]}");
    assertThat(new RedriveAllowPolicy("allowAll", List.of()).text())
        .isEqualTo("{\"redrivePermission\":\"allowAll\"}");
  }

  private static String arn(String name) {
    return "arn:aws:sqs:eu-west-1:000000000000:" + name;
  }

  private static RedriveAllowPolicy read(String text) {
    return RedriveAllowPolicy.of(new TreeMap<>(Map.of(QueueAttributes.REDRIVE_ALLOW_POLICY, text)));
  }
}
