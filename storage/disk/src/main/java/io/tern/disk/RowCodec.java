package io.tern.disk;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import io.tern.proto.rows.ArrivalRow;
import io.tern.proto.rows.DefinitionRow;
import io.tern.proto.rows.InboxRow;
import io.tern.proto.rows.OutboxRow;
import io.tern.state.Bytes;
import io.tern.state.Change;
import io.tern.state.EntryTime;
import io.tern.state.MessageId;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.crossing.Crossing;
import io.tern.state.queue.Arrival;
import io.tern.state.queue.Deduplication;
import io.tern.state.queue.QueueImage.RememberedSend;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /** The newest clock in the rows. */
  record Clock(EntryTime time, long retentionMillis) {}

  /** What of a message's row has no fixed width. */
  static final class MessageParts {
    private static final byte[] NONE = new byte[0];

    private final Bytes content;
    private final byte[] group;
    private final byte[] arrival;

    private MessageParts(Bytes content, String group, byte[] arrival) {
      this.content = content;
      this.group = group.isEmpty() ? NONE : group.getBytes(UTF_8);
      this.arrival = arrival;
    }

    static MessageParts of(Change.MessageStored message) {
      return new MessageParts(message.content(), message.group(), NONE);
    }

    static MessageParts of(Change.MessageArrived message) {
      ArrivalRow arrival =
          ArrivalRow.newBuilder()
              .setArrival(MoveWords.words(message.arrival()))
              .setSentMillis(message.retentionMillis())
              .build();
      return new MessageParts(message.content(), message.group(), arrival.toByteArray());
    }

    /** Room the row needs at most. */
    int rowBytes() {
      return MESSAGE_HEAD_BYTES
          + 3 * (1 + MAX_VARINT_BYTES)
          + content.size()
          + group.length
          + arrival.length;
    }
  }

  static void putMessage(
      ByteBuffer out, long sentMillis, long visibleAtMillis, MessageParts parts) {
    putLong(out, 1, sentMillis);
    putLong(out, 2, visibleAtMillis);
    putBytes(out, 3, parts.content.array());
    putBytes(out, 4, parts.group);
    putBytes(out, 5, parts.arrival);
  }

  private static void putBytes(ByteBuffer out, int field, byte[] bytes) {
    if (bytes.length > 0) {
      out.put((byte) (field << 3 | BYTES));
      putVarint(out, bytes.length);
      out.put(bytes);
    }
  }

  /** A message row, taken apart. */
  record MessageFields(
      long sentMillis,
      long visibleAtMillis,
      Bytes content,
      String group,
      @Nullable Arrival arrival,
      long arrivedSentMillis) {}

  static StoredMessage message(long number, byte[] row) {
    MessageFields fields = messageFields(ByteBuffer.wrap(row));
    Arrival arrival = fields.arrival();
    return new StoredMessage(
        number,
        fields.sentMillis(),
        fields.group(),
        arrival == null ? null : arrival.deadLetterSource(),
        fields.content());
  }

  static MessageFields messageFields(ByteBuffer row) {
    ByteBuffer in = little(row);
    long sentMillis = takeLong(in, 1, "message");
    long visibleAtMillis = takeLong(in, 2, "message");
    Bytes content = Bytes.EMPTY;
    String group = "";
    ArrivalRow arrival = null;
    while (in.hasRemaining()) {
      int field = in.get() >>> 3;
      byte[] bytes = takeBytes(in);
      switch (field) {
        case 3 -> content = Bytes.of(bytes);
        case 4 -> group = new String(bytes, UTF_8);
        case 5 -> arrival = parse(ArrivalRow.parser(), ByteBuffer.wrap(bytes), "arrival");
        default -> throw new UnreadableBytes("A row (message) is damaged at field " + field + ".");
      }
    }
    return new MessageFields(
        sentMillis,
        visibleAtMillis,
        content,
        group,
        arrival == null ? null : MoveWords.arrival(arrival.getArrival()),
        arrival == null ? 0 : arrival.getSentMillis());
  }

  private static byte[] takeBytes(ByteBuffer in) {
    int bytes = takeVarint(in);
    if (bytes < 0 || bytes > in.remaining()) {
      throw new UnreadableBytes(
          "A message row holds " + in.remaining() + " bytes instead of " + bytes + ".");
    }
    byte[] taken = new byte[bytes];
    in.get(taken);
    return taken;
  }

  static void putDeduplication(ByteBuffer out, Change.DeduplicationRemembered send) {
    Deduplication key = send.deduplication();
    putLong(out, 1, key.keyHigh());
    putLong(out, 2, key.keyLow());
    putLong(out, 3, key.id().high());
    putLong(out, 4, key.id().low());
    putLong(out, 5, send.atMillis());
  }

  static RememberedSend rememberedSend(long number, ByteBuffer row) {
    ByteBuffer in = little(row);
    long keyHigh = takeLong(in, 1, "deduplication");
    long keyLow = takeLong(in, 2, "deduplication");
    long idHigh = takeLong(in, 3, "deduplication");
    long idLow = takeLong(in, 4, "deduplication");
    return new RememberedSend(
        number,
        new Deduplication(keyHigh, keyLow, new MessageId(idHigh, idLow)),
        takeLong(in, 5, "deduplication"));
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
    return switch (crossing) {
      case Crossing.MovedMessage moved ->
          parked(moved.parked(), messageRow(moved.sentMillis(), moved.group(), moved.content()));
      default -> OutboxRow.newBuilder().setCrossing(Words.crossing(crossing)).build().toByteArray();
    };
  }

  /** The outbox row of a parked message: the crossing, and the row that the message had. */
  static byte[] parked(Crossing.ParkedMessage crossing, byte[] messageRow) {
    byte[] head =
        OutboxRow.newBuilder().setCrossing(Words.crossing(crossing)).build().toByteArray();
    ByteBuffer out =
        ByteBuffer.allocate(head.length + 1 + MAX_VARINT_BYTES + messageRow.length).put(head);
    putBytes(out, 2, messageRow);
    byte[] row = new byte[out.position()];
    out.flip().get(row);
    return row;
  }

  private static byte[] messageRow(long sentMillis, String group, Bytes content) {
    MessageParts parts = new MessageParts(content, group, MessageParts.NONE);
    ByteBuffer out = little(ByteBuffer.allocate(parts.rowBytes()));
    putMessage(out, sentMillis, 0, parts);
    byte[] row = new byte[out.position()];
    out.flip().get(row);
    return row;
  }

  static Crossing outbox(ByteBuffer row) {
    return Words.crossing(parse(OutboxRow.parser(), row, "outbox").getCrossing());
  }

  /** The message that waits in an outbox row; null when none does. */
  static @Nullable StoredMessage parkedMessage(long outboxNumber, byte[] row) {
    OutboxRow words = parse(OutboxRow.parser(), ByteBuffer.wrap(row), "outbox");
    return words.hasMessage() ? message(outboxNumber, words.getMessage().toByteArray()) : null;
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
