package io.tern.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tern.proto.rows.AppliedRow;
import io.tern.proto.rows.ClockRow;
import io.tern.proto.rows.DeduplicationRow;
import io.tern.proto.rows.DeliveryRow;
import io.tern.proto.rows.MessageRow;
import io.tern.state.Arrival;
import io.tern.state.Bytes;
import io.tern.state.Change;
import io.tern.state.EntryTime;
import io.tern.state.QueueId;
import io.tern.state.crossing.Crossing;
import io.tern.state.queue.Deduplication;
import io.tern.state.queue.QueueImage.RememberedSend;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The rows written by hand are what the generated classes read, and come back alike. */
class RowCodecTest {
  private static final QueueId QUEUE = new QueueId(5);

  @Provide
  Arbitrary<Integer> lengths() {
    return Arbitraries.of(0, 1, 127, 128, 16_383, 16_384, 1_048_576);
  }

  @Provide
  Arbitrary<Crossing> crossings() {
    return CodecArbitraries.oneOf(CodecArbitraries.crossings());
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] written(ByteBuffer out) {
    byte[] bytes = new byte[out.position()];
    out.get(0, bytes);
    return bytes;
  }

  @Property(tries = 60)
  void messageRows(
      @ForAll("lengths") int length, @ForAll long sentMillis, @ForAll long visibleAtMillis)
      throws InvalidProtocolBufferException {
    byte[] content = new byte[length];
    Arrays.fill(content, (byte) 7);
    String group = length % 2 == 0 ? "" : "grüße".repeat(1 + length % 90);
    Change.MessageStored stored =
        new Change.MessageStored(
            QUEUE, 9, visibleAtMillis, sentMillis, 4, group, Bytes.of(content));
    ByteBuffer out = buffer(MessageRowCodec.bytes(group, stored.content()));
    MessageRowCodec.put(out, stored);
    byte[] row = written(out);

    MessageRow generated = MessageRow.parseFrom(row);
    assertThat(generated.getSentMillis()).isEqualTo(sentMillis);
    assertThat(generated.getVisibleAtMillis()).isEqualTo(visibleAtMillis);
    assertThat(generated.getContent().toByteArray()).isEqualTo(content);
    assertThat(generated.getGroup()).isEqualTo(group);
    assertThat(generated.hasArrival()).isFalse();
    assertThat(generated.getUnknownFields().isEmpty()).isTrue();
    assertThat(MessageRowCodec.message(9, row))
        .isEqualTo(new StoredMessage(9, sentMillis, group, null, Bytes.of(content)));
    assertThat(MessageRowCodec.trace(ByteBuffer.wrap(row)))
        .isEqualTo(new MessageRowCodec.Trace(visibleAtMillis, group, null, 0, null));
  }

  @Provide
  Arbitrary<Crossing.MovedMessage> moved() {
    return CodecArbitraries.MOVED;
  }

  @Property
  void rowsOfMessagesWithAPast(
      @ForAll("moved") Crossing.MovedMessage moved, @ForAll long visibleAt, @ForAll long retention)
      throws InvalidProtocolBufferException {
    Arrival past = moved.parked().arrival();
    Change.MessageArrived arrived =
        new Change.MessageArrived(
            QUEUE,
            9,
            visibleAt,
            moved.sentMillis(),
            retention,
            moved.group(),
            past,
            moved.content());
    byte[] encodedPast = MessageRowCodec.past(arrived);
    ByteBuffer out = buffer(MessageRowCodec.bytes(arrived, encodedPast));
    MessageRowCodec.put(out, arrived, encodedPast);
    byte[] row = written(out);

    MessageRow generated = MessageRow.parseFrom(row);
    assertThat(MoveWords.arrival(generated.getArrival().getPast())).isEqualTo(past);
    assertThat(generated.getArrival().getSentMillis()).isEqualTo(retention);
    assertThat(generated.getUnknownFields().isEmpty()).isTrue();
    assertThat(MessageRowCodec.message(9, row))
        .isEqualTo(
            new StoredMessage(
                9, moved.sentMillis(), moved.group(), past.deadLetterSource(), moved.content()));
    assertThat(MessageRowCodec.trace(ByteBuffer.wrap(row)))
        .isEqualTo(new MessageRowCodec.Trace(visibleAt, moved.group(), past, retention, null));
  }

  @Property
  void outboxRowsWithAMessage(@ForAll("moved") Crossing.MovedMessage moved) {
    byte[] row = RowCodec.outbox(moved.parked(), MessageRowCodec.row(moved));

    assertThat(RowCodec.outbox(ByteBuffer.wrap(row))).isEqualTo(moved.parked());
    assertThat(MessageRowCodec.message(3, RowCodec.outboxMessage(row)))
        .isEqualTo(new StoredMessage(3, moved.sentMillis(), moved.group(), null, moved.content()));
  }

  @Provide
  Arbitrary<Deduplication> deduplications() {
    return CodecArbitraries.DEDUPLICATIONS;
  }

  @Property
  void deduplicationRows(
      @ForAll("deduplications") Deduplication deduplication, @ForAll long atMillis)
      throws InvalidProtocolBufferException {
    ByteBuffer out = buffer(64);
    RowCodec.putSend(out, new Change.DeduplicationRemembered(QUEUE, 9, deduplication, atMillis));

    DeduplicationRow generated = DeduplicationRow.parseFrom(written(out));
    assertThat(generated.getKeyHigh()).isEqualTo(deduplication.keyHigh());
    assertThat(generated.getKeyLow()).isEqualTo(deduplication.keyLow());
    assertThat(generated.getIdHigh()).isEqualTo(deduplication.id().high());
    assertThat(generated.getIdLow()).isEqualTo(deduplication.id().low());
    assertThat(generated.getAtMillis()).isEqualTo(atMillis);
    assertThat(RowCodec.send(9, ByteBuffer.wrap(written(out))))
        .isEqualTo(new RememberedSend(9, deduplication, atMillis));
  }

  @Property
  void deliveryRows(
      @ForAll long visibleAt, @ForAll int count, @ForAll long receivedAt, @ForAll long first)
      throws InvalidProtocolBufferException {
    Change.MessageHidden hidden =
        new Change.MessageHidden(QUEUE, 9, visibleAt, count, receivedAt, first);
    ByteBuffer out = buffer(64);
    RowCodec.putDelivery(out, hidden);

    DeliveryRow generated = DeliveryRow.parseFrom(written(out));
    assertThat(generated.getVisibleAtMillis()).isEqualTo(visibleAt);
    assertThat(generated.getReceiveCount()).isEqualTo(count);
    assertThat(generated.getReceivedAtMillis()).isEqualTo(receivedAt);
    assertThat(generated.getFirstReceivedMillis()).isEqualTo(first);
    assertThat(RowCodec.delivery(QUEUE, 9, ByteBuffer.wrap(written(out)))).isEqualTo(hidden);
  }

  @Property
  void metaRows(@ForAll long a, @ForAll long b, @ForAll long c)
      throws InvalidProtocolBufferException {
    ByteBuffer applied = buffer(64);
    RowCodec.putApplied(applied, new AppliedIndex(a, b));
    ByteBuffer clock = buffer(64);
    RowCodec.putClock(clock, new Change.ClockAdvanced(new EntryTime(a, b), c));

    AppliedRow generatedApplied = AppliedRow.parseFrom(written(applied));
    assertThat(generatedApplied.getTerm()).isEqualTo(a);
    assertThat(generatedApplied.getIndex()).isEqualTo(b);
    assertThat(RowCodec.applied(written(applied))).isEqualTo(new AppliedIndex(a, b));
    ClockRow generatedClock = ClockRow.parseFrom(written(clock));
    assertThat(generatedClock.getQueueMillis()).isEqualTo(a);
    assertThat(generatedClock.getWallMillis()).isEqualTo(b);
    assertThat(generatedClock.getRetentionMillis()).isEqualTo(c);
    assertThat(RowCodec.clock(written(clock)))
        .isEqualTo(new RowCodec.Clock(new EntryTime(a, b), c));
  }

  @Property
  void outboxRows(@ForAll("crossings") Crossing crossing) {
    assertThat(RowCodec.outbox(ByteBuffer.wrap(RowCodec.outbox(crossing)))).isEqualTo(crossing);
  }

  @Test
  void definitionRows() {
    assertThat(
            RowCodec.definition(
                ByteBuffer.wrap(RowCodec.definition(Samples.definition(4, "orders")))))
        .isEqualTo(Samples.definition(4, "orders"));
  }

  @Test
  void damagedRowsAreRefused() {
    ByteBuffer out = buffer(64);
    MessageRowCodec.put(out, Samples.stored(QUEUE, 1, "hello"));
    byte[] row = written(out);

    for (int length = 0; length < row.length; length++) {
      byte[] torn = Arrays.copyOf(row, length);
      // A row that ends after its fixed fields is one with no content.
      if (length != 18) {
        assertThatThrownBy(() -> MessageRowCodec.message(1, torn))
            .isInstanceOf(UnreadableBytes.class);
      }
    }
    assertThatThrownBy(() -> RowCodec.delivery(QUEUE, 1, ByteBuffer.wrap(row)))
        .isInstanceOf(UnreadableBytes.class);
  }
}
