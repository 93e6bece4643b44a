package io.tern.topics.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How the numbers of FIFO topics are told. */
class NoticeTest {
  private static final long LAST = (1L << 55) - 1;

  @Test
  void sequenceNumbersAreTwentyDigitsInOrderWithGaps() {
    List<String> numbers =
        LongStream.of(0, 1, 2, 9, 10, 1_000_000, LAST).mapToObj(Notice::sequenceNumber).toList();

    assertThat(numbers).isSorted().doesNotHaveDuplicates().allMatch(n -> n.matches("1[0-9]{19}"));
    assertThat(Notice.sequenceNumber(2)).isEqualTo("10000000000000000512");
  }

  @Test
  void thereIsRoomForMoreThanATopicCanEverHave() {
    assertThat(Notice.sequenceNumber(LAST)).hasSize(20);
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> Notice.sequenceNumber(LAST + 1));
  }
}
