package io.tern.disk;

import io.tern.proto.rows.AttemptsChunk;
import io.tern.proto.rows.DelayedChunk;
import io.tern.proto.rows.ReadyChunk;
import io.tern.proto.rows.SentMarksChunk;
import io.tern.state.queue.QueueImage.Attempt;
import io.tern.state.queue.QueueImage.DelayedMessage;
import io.tern.state.queue.QueueImage.MessageRange;
import io.tern.state.queue.QueueImage.SentMark;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Pieces of a queue's lists, column by column and as differences. Groups and touched messages have
 * their own: {@link GroupChunks}, {@link TouchedChunks}. Used by {@link IndexImage} and {@link
 * ImageReader}.
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

  static byte[] delayed(List<DelayedMessage> messages) {
    DelayedChunk.Builder chunk = DelayedChunk.newBuilder();
    DelayedMessage before = new DelayedMessage(0, 0);
    for (DelayedMessage message : messages) {
      chunk
          .addNumberDelta(message.number() - before.number())
          .addSentAtDelta(message.sentAtMillis() - before.sentAtMillis());
      before = message;
    }
    return chunk.build().toByteArray();
  }

  static void delayed(ByteBuffer bytes, List<DelayedMessage> into) {
    DelayedChunk chunk = RowCodec.parse(DelayedChunk.parser(), bytes, "delayed chunk");
    DelayedMessage before = new DelayedMessage(0, 0);
    for (int i = 0; i < chunk.getNumberDeltaCount(); i++) {
      DelayedMessage message =
          new DelayedMessage(
              before.number() + chunk.getNumberDelta(i),
              before.sentAtMillis() + chunk.getSentAtDelta(i));
      into.add(message);
      before = message;
    }
  }

  static byte[] attempts(List<Attempt> attempts) {
    AttemptsChunk.Builder chunk = AttemptsChunk.newBuilder();
    for (Attempt attempt : attempts) {
      chunk.addAttempts(
          io.tern.proto.rows.Attempt.newBuilder()
              .setAttemptId(attempt.attemptId())
              .setAtMillis(attempt.atMillis())
              .setUntilMillis(attempt.untilMillis())
              .addAllDeliveries(Words.deliveries(attempt.deliveries())));
    }
    return chunk.build().toByteArray();
  }

  static void attempts(ByteBuffer bytes, List<Attempt> into) {
    AttemptsChunk chunk = RowCodec.parse(AttemptsChunk.parser(), bytes, "attempts chunk");
    for (io.tern.proto.rows.Attempt attempt : chunk.getAttemptsList()) {
      into.add(
          new Attempt(
              attempt.getAttemptId(),
              attempt.getAtMillis(),
              attempt.getUntilMillis(),
              Words.deliveriesOf(attempt.getDeliveriesList())));
    }
  }

  private ImageChunks() {}
}
