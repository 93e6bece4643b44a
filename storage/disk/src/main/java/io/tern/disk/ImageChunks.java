package io.tern.disk;

import io.tern.proto.rows.ReadyChunk;
import io.tern.proto.rows.SentMarksChunk;
import io.tern.proto.rows.TouchedChunk;
import io.tern.state.queue.QueueImage.MessageRange;
import io.tern.state.queue.QueueImage.SentMark;
import io.tern.state.queue.QueueImage.TouchedMessage;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Pieces of a queue's lists, column by column and as differences: some ten bytes for a message in
 * flight. Used by {@link IndexImage} and {@link ImageReader}.
 */
final class ImageChunks {

  static byte[] ready(List<MessageRange> ranges) {
    ReadyChunk.Builder chunk = ReadyChunk.newBuilder();
    long first = 0;
    for (MessageRange range : ranges) {
      chunk.addFirstDelta(range.first() - first).addMore(range.last() - range.first());
      first = range.first();
    }
    return chunk.build().toByteArray();
  }

  static void ready(ByteBuffer bytes, List<MessageRange> into) {
    ReadyChunk chunk = RowCodec.parse(ReadyChunk.parser(), bytes, "ready chunk");
    long first = 0;
    for (int i = 0; i < chunk.getFirstDeltaCount(); i++) {
      first += chunk.getFirstDelta(i);
      into.add(new MessageRange(first, first + chunk.getMore(i)));
    }
  }

  static byte[] touched(List<TouchedMessage> messages) {
    TouchedChunk.Builder chunk = TouchedChunk.newBuilder();
    TouchedMessage before = new TouchedMessage(0, 0, 0, 0, 0);
    for (TouchedMessage message : messages) {
      chunk
          .addNumberDelta(message.number() - before.number())
          .addVisibleAtDelta(message.visibleAtMillis() - before.visibleAtMillis())
          .addReceiveCount(message.receiveCount())
          .addReceivedAtDelta(message.receivedAtMillis() - before.receivedAtMillis())
          .addFirstReceivedDelta(message.firstReceivedMillis() - before.firstReceivedMillis());
      before = message;
    }
    return chunk.build().toByteArray();
  }

  static void touched(ByteBuffer bytes, List<TouchedMessage> into) {
    TouchedChunk chunk = RowCodec.parse(TouchedChunk.parser(), bytes, "touched chunk");
    TouchedMessage before = new TouchedMessage(0, 0, 0, 0, 0);
    for (int i = 0; i < chunk.getNumberDeltaCount(); i++) {
      TouchedMessage message =
          new TouchedMessage(
              before.number() + chunk.getNumberDelta(i),
              before.visibleAtMillis() + chunk.getVisibleAtDelta(i),
              chunk.getReceiveCount(i),
              before.receivedAtMillis() + chunk.getReceivedAtDelta(i),
              before.firstReceivedMillis() + chunk.getFirstReceivedDelta(i));
      into.add(message);
      before = message;
    }
  }

  static byte[] sentMarks(List<SentMark> marks) {
    SentMarksChunk.Builder chunk = SentMarksChunk.newBuilder();
    SentMark before = new SentMark(0, 0);
    for (SentMark mark : marks) {
      chunk
          .addNumberDelta(mark.number() - before.number())
          .addRetentionDelta(mark.retentionMillis() - before.retentionMillis());
      before = mark;
    }
    return chunk.build().toByteArray();
  }

  static void sentMarks(ByteBuffer bytes, List<SentMark> into) {
    SentMarksChunk chunk = RowCodec.parse(SentMarksChunk.parser(), bytes, "sent marks chunk");
    SentMark before = new SentMark(0, 0);
    for (int i = 0; i < chunk.getNumberDeltaCount(); i++) {
      SentMark mark =
          new SentMark(
              before.number() + chunk.getNumberDelta(i),
              before.retentionMillis() + chunk.getRetentionDelta(i));
      into.add(mark);
      before = mark;
    }
  }

  private ImageChunks() {}
}
