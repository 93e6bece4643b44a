package io.tern.disk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tern.proto.rows.ArrivalRow;
import io.tern.state.Arrival;
import io.tern.state.Bytes;
import io.tern.state.Change;
import io.tern.state.QueueName;
import io.tern.state.TopicChange;
import io.tern.state.crossing.Crossing;
import io.tern.state.topic.Notification;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Values of {@link Table#MESSAGES} to and from bytes, by hand: the same bytes as the generated
 * class would write. Used by {@link ChangeWriter}, {@link MessageReader} and {@link IndexFromRows}.
 */
final class MessageRowCodec {
  private static final String WHAT = "message";
  private static final int SENT = 1;
  private static final int VISIBLE_AT = 2;
  private static final int CONTENT = 3;
  private static final int GROUP = 4;
  private static final int ARRIVAL = 5;

  /** The two times. */
  private static final int HEAD_BYTES = 2 * (1 + Long.BYTES);

  /** A field's tag and its length. */
  private static final int FIELD_BYTES = 1 + RowCodec.MAX_VARINT_BYTES;

  /**
   * What the index knows of a message by its row.
   *
   * @param visibleAtMillis queue time
   * @param arrivedSentMillis retention clock; 0 without a past
   * @param body what a notification refers to, else null
   */
  record Trace(
      long visibleAtMillis,
      String group,
      @Nullable Arrival arrival,
      long arrivedSentMillis,
      @Nullable BodyKey body) {}

  /** Room a row without a past needs at most. */
  static int bytes(String group, Bytes content) {
    return HEAD_BYTES + FIELD_BYTES + content.size() + FIELD_BYTES + 3 * group.length();
  }

  static void put(ByteBuffer out, Change.MessageStored message) {
    putHead(out, message.sentMillis(), message.visibleAtMillis(), message.content());
    putGroup(out, message.group());
  }

  /** A notification is a message whose content refers to a body. */
  static void put(ByteBuffer out, TopicChange.NotificationStored stored, Bytes reference) {
    putHead(out, stored.sentMillis(), stored.visibleAtMillis(), reference);
    putGroup(out, stored.group());
  }

  /** Room the row needs at most, with its past as {@link #past} made it. */
  static int bytes(Change.MessageArrived message, byte[] past) {
    return bytes(message.group(), message.content()) + FIELD_BYTES + past.length;
  }

  static byte[] past(Change.MessageArrived message) {
    return ArrivalRow.newBuilder()
        .setPast(MoveWords.arrival(message.arrival()))
        .setSentMillis(message.retentionMillis())
        .build()
        .toByteArray();
  }

  static void put(ByteBuffer out, Change.MessageArrived message, byte[] past) {
    putHead(out, message.sentMillis(), message.visibleAtMillis(), message.content());
    putGroup(out, message.group());
    RowCodec.putBytes(out, ARRIVAL, past);
  }

  /** The row of a message that is in no queue. */
  static byte[] row(Crossing.MovedMessage message) {
    ByteBuffer out =
        RowCodec.little(ByteBuffer.allocate(bytes(message.group(), message.content())));
    putHead(out, message.sentMillis(), 0, message.content());
    putGroup(out, message.group());
    byte[] row = new byte[out.position()];
    out.get(0, row);
    return row;
  }

  private static void putHead(
      ByteBuffer out, long sentMillis, long visibleAtMillis, Bytes content) {
    RowCodec.putLong(out, SENT, sentMillis);
    RowCodec.putLong(out, VISIBLE_AT, visibleAtMillis);
    if (content.size() > 0) {
      RowCodec.putBytes(out, CONTENT, content.array());
    }
  }

  private static void putGroup(ByteBuffer out, String group) {
    if (!group.isEmpty()) {
      RowCodec.putBytes(out, GROUP, group.getBytes(UTF_8));
    }
  }

  static StoredMessage message(long number, byte[] row) {
    return message(number, ByteBuffer.wrap(row));
  }

  static StoredMessage message(long number, ByteBuffer row) {
    ByteBuffer in = RowCodec.little(row);
    long sentMillis = RowCodec.takeLong(in, SENT, WHAT);
    RowCodec.takeLong(in, VISIBLE_AT, WHAT);
    Bytes content =
        RowCodec.isNext(in, CONTENT) ? Bytes.of(RowCodec.takeBytes(in, WHAT)) : Bytes.EMPTY;
    String group = takeGroup(in);
    ArrivalRow past = takePast(in);
    QueueName source = past == null ? null : MoveWords.arrival(past.getPast()).deadLetterSource();
    return new StoredMessage(number, sentMillis, group, source, content);
  }

  /** Leaves the content unread, but for what it refers to. */
  static Trace trace(ByteBuffer row) {
    ByteBuffer in = RowCodec.little(row);
    RowCodec.takeLong(in, SENT, WHAT);
    long visibleAtMillis = RowCodec.takeLong(in, VISIBLE_AT, WHAT);
    BodyKey body = RowCodec.isNext(in, CONTENT) ? body(RowCodec.takeSlice(in, WHAT)) : null;
    String group = takeGroup(in);
    ArrivalRow past = takePast(in);
    return past == null
        ? new Trace(visibleAtMillis, group, null, 0, body)
        : new Trace(
            visibleAtMillis, group, MoveWords.arrival(past.getPast()), past.getSentMillis(), body);
  }

  /** The body that the row needs beside it, or null: then it is whole. */
  static @Nullable BodyKey body(byte[] row) {
    ByteBuffer in = afterHead(row);
    return RowCodec.isNext(in, CONTENT) ? body(RowCodec.takeSlice(in, WHAT)) : null;
  }

  private static @Nullable BodyKey body(ByteBuffer content) {
    Notification notification = NotificationWords.reference(content);
    return notification == null ? null : new BodyKey(notification.topic(), notification.body());
  }

  /** The same row of a notification with the message in it. */
  static byte[] withMessage(byte[] row, Bytes message) {
    ByteBuffer in = afterHead(row);
    if (!RowCodec.isNext(in, CONTENT)) {
      throw new UnreadableBytes("A message row has no content to add a message to.");
    }
    byte[] content = NotificationWords.withMessage(RowCodec.takeSlice(in, WHAT), message);
    ByteBuffer out =
        ByteBuffer.allocate(HEAD_BYTES + FIELD_BYTES + content.length + in.remaining());
    out.put(row, 0, HEAD_BYTES);
    RowCodec.putBytes(out, CONTENT, content);
    out.put(in);
    byte[] whole = new byte[out.position()];
    out.get(0, whole);
    return whole;
  }

  private static ByteBuffer afterHead(byte[] row) {
    if (row.length < HEAD_BYTES) {
      throw new UnreadableBytes("A message row of " + row.length + " bytes.");
    }
    return ByteBuffer.wrap(row).position(HEAD_BYTES);
  }

  private static String takeGroup(ByteBuffer in) {
    return RowCodec.isNext(in, GROUP) ? new String(RowCodec.takeBytes(in, WHAT), UTF_8) : "";
  }

  /** The last field; whatever else follows is damage. */
  private static @Nullable ArrivalRow takePast(ByteBuffer in) {
    ArrivalRow past =
        RowCodec.isNext(in, ARRIVAL)
            ? RowCodec.parse(ArrivalRow.parser(), RowCodec.takeSlice(in, WHAT), WHAT)
            : null;
    if (in.hasRemaining()) {
      throw new UnreadableBytes("A message row has " + in.remaining() + " bytes too many.");
    }
    return past;
  }

  private MessageRowCodec() {}
}
