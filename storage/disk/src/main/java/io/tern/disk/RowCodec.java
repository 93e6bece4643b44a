package io.tern.disk;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import io.tern.proto.rows.DefinitionRow;
import io.tern.proto.rows.InboxRow;
import io.tern.proto.rows.OutboxRow;
import io.tern.state.Change;
import io.tern.state.EntryTime;
import io.tern.state.MessageId;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.TopicChange;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.TopicCrossing;
import io.tern.state.queue.Deduplication;
import io.tern.state.queue.QueueImage.RememberedSend;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Values of the tables to and from bytes; the schema is internal/rows.proto. The rows of every
 * entry (message, delivery, applied, clock) are written by hand into a reused buffer: same bytes as
 * the generated classes would write, without their objects.
 */
final class RowCodec {

  // A field's tag is its number times 8 plus its wire type.
  private static final int FIXED_64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED_32 = 5;
  private static final int DELIVERY_BYTES = 3 * (1 + Long.BYTES) + 1 + Integer.BYTES;
  static final int MAX_VARINT_BYTES = 5;

  /** The newest clock in the rows. */
  record Clock(EntryTime time, long retentionMillis) {}

  static void putDelivery(ByteBuffer out, Change.MessageHidden hidden) {
    putLong(out, 1, hidden.visibleAtMillis());
    putLong(out, 2, hidden.receivedAtMillis());
    putLong(out, 3, hidden.firstReceivedMillis());
    out.put((byte) (4 << 3 | FIXED_32)).putInt(hidden.receiveCount());
  }

  static Change.MessageHidden delivery(QueueId queue, long number, ByteBuffer row) {
    ByteBuffer in = little(row);
    if (in.remaining() != DELIVERY_BYTES) {
      throw new UnreadableBytes("A delivery row of " + in.remaining() + " bytes.");
    }
    long visibleAtMillis = takeLong(in, 1, "delivery");
    long receivedAtMillis = takeLong(in, 2, "delivery");
    long firstReceivedMillis = takeLong(in, 3, "delivery");
    takeTag(in, 4, FIXED_32, "delivery");
    return new Change.MessageHidden(
        queue, number, visibleAtMillis, in.getInt(), receivedAtMillis, firstReceivedMillis);
  }

  static void putApplied(ByteBuffer out, AppliedIndex applied) {
    putLong(out, 1, applied.term());
    putLong(out, 2, applied.index());
  }

  static AppliedIndex applied(byte[] row) {
    ByteBuffer in = little(ByteBuffer.wrap(row));
    return new AppliedIndex(takeLong(in, 1, "applied"), takeLong(in, 2, "applied"));
  }

  static void putClock(ByteBuffer out, Change.ClockAdvanced clock) {
    putLong(out, 1, clock.time().queueMillis());
    putLong(out, 2, clock.time().wallMillis());
    putLong(out, 3, clock.retentionMillis());
  }

  static Clock clock(byte[] row) {
    ByteBuffer in = little(ByteBuffer.wrap(row));
    EntryTime time = new EntryTime(takeLong(in, 1, "clock"), takeLong(in, 2, "clock"));
    return new Clock(time, takeLong(in, 3, "clock"));
  }

  static void putSend(ByteBuffer out, Change.DeduplicationRemembered send) {
    putSend(out, send.deduplication(), send.atMillis());
  }

  private static void putSend(ByteBuffer out, Deduplication deduplication, long atMillis) {
    putLong(out, 1, deduplication.keyHigh());
    putLong(out, 2, deduplication.keyLow());
    putLong(out, 3, deduplication.id().high());
    putLong(out, 4, deduplication.id().low());
    putLong(out, 5, atMillis);
  }

  static void putPublish(ByteBuffer out, TopicChange.PublishRemembered publish) {
    putSend(out, publish.deduplication(), publish.atMillis());
  }

  static RememberedSend send(long number, ByteBuffer row) {
    ByteBuffer in = little(row);
    long keyHigh = takeLong(in, 1, "deduplication");
    long keyLow = takeLong(in, 2, "deduplication");
    long idHigh = takeLong(in, 3, "deduplication");
    MessageId id = new MessageId(idHigh, takeLong(in, 4, "deduplication"));
    Deduplication deduplication = new Deduplication(keyHigh, keyLow, id);
    return new RememberedSend(number, deduplication, takeLong(in, 5, "deduplication"));
  }

  /** The crossing without a message of its own. */
  static byte[] outbox(Crossing crossing) {
    return OutboxRow.newBuilder()
        .setCrossing(CrossingWords.crossing(crossing))
        .build()
        .toByteArray();
  }

  /** A parked message together with its row. */
  static byte[] outbox(Crossing.ParkedMessage crossing, byte[] messageRow) {
    return OutboxRow.newBuilder()
        .setCrossing(CrossingWords.crossing(crossing))
        .setMessage(UnsafeByteOperations.unsafeWrap(messageRow))
        .build()
        .toByteArray();
  }

  /** A published message that waits with its body: it is not in the table of bodies. */
  static byte[] outbox(TopicCrossing.CarriedFanOut crossing) {
    return OutboxRow.newBuilder()
        .setCrossing(CrossingWords.crossing(crossing.fanOut()))
        .setMessage(Words.bytes(crossing.content()))
        .build()
        .toByteArray();
  }

  /** The crossing; the message beside it stays unread. */
  static Crossing outbox(ByteBuffer row) {
    if (!isNext(row, 1)) {
      throw new UnreadableBytes("A row (outbox) has no crossing.");
    }
    ByteBuffer crossing = takeSlice(row, "outbox");
    return CrossingWords.crossing(parse(io.tern.proto.log.Crossing.parser(), crossing, "outbox"));
  }

  /** The message row beside a parked message, or a body; empty when there is neither. */
  static ByteBuffer outboxMessage(byte[] row) {
    return parse(OutboxRow.parser(), ByteBuffer.wrap(row), "outbox")
        .getMessage()
        .asReadOnlyByteBuffer();
  }

  static byte[] inbox(long number) {
    return InboxRow.newBuilder().setNumber(number).build().toByteArray();
  }

  static long inbox(ByteBuffer row) {
    return parse(InboxRow.parser(), row, "inbox").getNumber();
  }

  static byte[] definition(QueueDefinition definition) {
    DefinitionRow.Builder row =
        DefinitionRow.newBuilder()
            .setQueue(definition.queue().number())
            .setName(Words.name(definition.name()))
            .setVersion(definition.version())
            .addAllAttributes(Words.pairs(definition.attributes()))
            .addAllTags(Words.pairs(definition.tags()))
            .setCreatedMillis(definition.createdMillis())
            .setModifiedMillis(definition.modifiedMillis());
    for (PartitionId partition : definition.partitions()) {
      row.addPartitions(partition.number());
    }
    return row.build().toByteArray();
  }

  static QueueDefinition definition(ByteBuffer bytes) {
    DefinitionRow row = parse(DefinitionRow.parser(), bytes, "definition");
    List<PartitionId> partitions = new ArrayList<>(row.getPartitionsCount());
    for (int partition : row.getPartitionsList()) {
      partitions.add(new PartitionId(partition));
    }
    return new QueueDefinition(
        new QueueId(row.getQueue()),
        Words.name(row.getName()),
        row.getVersion(),
        partitions,
        Words.pairs(row.getAttributesList()),
        Words.pairs(row.getTagsList()),
        row.getCreatedMillis(),
        row.getModifiedMillis());
  }

  static <M> M parse(Parser<M> parser, ByteBuffer row, String what) {
    int bytes = row.remaining();
    try {
      return parser.parseFrom(row);
    } catch (InvalidProtocolBufferException e) {
      throw new UnreadableBytes("A row of " + bytes + " bytes (" + what + ") is damaged.", e);
    }
  }

  // Zero is written too: the generated parser accepts it, and the width stays fixed.
  static void putLong(ByteBuffer out, int field, long value) {
    out.put((byte) (field << 3 | FIXED_64)).putLong(value);
  }

  static void putBytes(ByteBuffer out, int field, byte[] bytes) {
    out.put((byte) (field << 3 | BYTES));
    putVarint(out, bytes.length);
    out.put(bytes);
  }

  static long takeLong(ByteBuffer in, int field, String what) {
    takeTag(in, field, FIXED_64, what);
    return in.getLong();
  }

  /** Whether bytes of that field come next; if so, their tag is taken. */
  static boolean isNext(ByteBuffer in, int field) {
    if (!in.hasRemaining() || in.get(in.position()) != (byte) (field << 3 | BYTES)) {
      return false;
    }
    in.get();
    return true;
  }

  /** The bytes after their tag, as a view. */
  static ByteBuffer takeSlice(ByteBuffer in, String what) {
    int bytes = takeVarint(in);
    if (bytes < 0 || bytes > in.remaining()) {
      throw new UnreadableBytes(
          "A row (" + what + ") has " + in.remaining() + " bytes left instead of " + bytes + ".");
    }
    ByteBuffer slice = in.slice(in.position(), bytes);
    in.position(in.position() + bytes);
    return slice;
  }

  /** The bytes after their tag, copied. */
  static byte[] takeBytes(ByteBuffer in, String what) {
    ByteBuffer slice = takeSlice(in, what);
    byte[] bytes = new byte[slice.remaining()];
    slice.get(bytes);
    return bytes;
  }

  private static void takeTag(ByteBuffer in, int field, int wireType, String what) {
    int needed = wireType == FIXED_64 ? 1 + Long.BYTES : 1;
    if (in.remaining() < needed || in.get() != (byte) (field << 3 | wireType)) {
      throw new UnreadableBytes("A row (" + what + ") is damaged at field " + field + ".");
    }
  }

  private static void putVarint(ByteBuffer out, int value) {
    int rest = value;
    while (rest >= 0x80) {
      out.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    out.put((byte) rest);
  }

  private static int takeVarint(ByteBuffer in) {
    int value = 0;
    for (int shift = 0; shift < 7 * MAX_VARINT_BYTES && in.hasRemaining(); shift += 7) {
      byte next = in.get();
      value |= (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new UnreadableBytes("A row's length is damaged.");
  }

  static ByteBuffer little(ByteBuffer buffer) {
    return buffer.order(ByteOrder.LITTLE_ENDIAN);
  }

  private RowCodec() {}
}
