package io.tern.disk;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import io.tern.proto.rows.DefinitionRow;
import io.tern.proto.rows.InboxRow;
import io.tern.proto.rows.OutboxRow;
import io.tern.state.Bytes;
import io.tern.state.Change;
import io.tern.state.EntryTime;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.crossing.Crossing;
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
  private static final int MESSAGE_HEAD_BYTES = 2 * (1 + Long.BYTES);
  private static final int DELIVERY_BYTES = 3 * (1 + Long.BYTES) + 1 + Integer.BYTES;
  private static final int MAX_VARINT_BYTES = 5;

  /** What the two times of a message row say. */
  record MessageTimes(long sentMillis, long visibleAtMillis) {}

  /** The newest clock in the rows. */
  record Clock(EntryTime time, long retentionMillis) {}

  /** Room a message row needs at most. */
  static int messageBytes(int contentBytes) {
    return MESSAGE_HEAD_BYTES + 1 + MAX_VARINT_BYTES + contentBytes;
  }

  static void putMessage(ByteBuffer out, Change.MessageStored message) {
    putLong(out, 1, message.sentMillis());
    putLong(out, 2, message.visibleAtMillis());
    byte[] content = message.content().array();
    if (content.length > 0) {
      out.put((byte) (3 << 3 | BYTES));
      putVarint(out, content.length);
      out.put(content);
    }
  }

  static StoredMessage message(long number, byte[] row) {
    ByteBuffer in = little(ByteBuffer.wrap(row));
    long sentMillis = takeLong(in, 1, "message");
    takeLong(in, 2, "message");
    if (!in.hasRemaining()) {
      return new StoredMessage(number, sentMillis, Bytes.EMPTY);
    }
    takeTag(in, 3, BYTES, "message");
    int bytes = takeVarint(in);
    if (bytes != in.remaining()) {
      throw new UnreadableBytes(
          "A message row holds " + in.remaining() + " bytes of content instead of " + bytes + ".");
    }
    byte[] content = new byte[bytes];
    in.get(content);
    return new StoredMessage(number, sentMillis, Bytes.of(content));
  }

  static MessageTimes messageTimes(ByteBuffer row) {
    ByteBuffer in = little(row);
    return new MessageTimes(takeLong(in, 1, "message"), takeLong(in, 2, "message"));
  }

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

  static byte[] outbox(Crossing crossing) {
    return OutboxRow.newBuilder().setCrossing(Words.crossing(crossing)).build().toByteArray();
  }

  static Crossing outbox(ByteBuffer row) {
    return Words.crossing(parse(OutboxRow.parser(), row, "outbox").getCrossing());
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
  private static void putLong(ByteBuffer out, int field, long value) {
    out.put((byte) (field << 3 | FIXED_64)).putLong(value);
  }

  private static long takeLong(ByteBuffer in, int field, String what) {
    takeTag(in, field, FIXED_64, what);
    return in.getLong();
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

  private static ByteBuffer little(ByteBuffer buffer) {
    return buffer.order(ByteOrder.LITTLE_ENDIAN);
  }

  private RowCodec() {}
}
