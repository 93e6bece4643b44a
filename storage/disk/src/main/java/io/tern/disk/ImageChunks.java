package io.tern.disk;

import io.tern.proto.rows.AttemptWords;
import io.tern.proto.rows.AttemptsChunk;
import io.tern.proto.rows.DelayedChunk;
import io.tern.proto.rows.ReadyChunk;
import io.tern.proto.rows.SentMarksChunk;
import io.tern.proto.rows.TouchedChunk;
import io.tern.proto.rows.TouchedExtra;
import io.tern.state.Delivery;
import io.tern.state.queue.QueueImage.Attempt;
import io.tern.state.queue.QueueImage.DelayedMessage;
import io.tern.state.queue.QueueImage.MessageRange;
import io.tern.state.queue.QueueImage.SentMark;
import io.tern.state.queue.QueueImage.TouchedMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Pieces of a queue's lists, column by column and as differences: some ten bytes for a message in
 * flight. Used by {@link IndexImage} and {@link ImageReader}.
 */
final class ImageChunks {
  private static final TouchedMessage NOTHING = new TouchedMessage(0, 0, 0, 0, 0, "", null, 0);

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
    TouchedMessage before = NOTHING;
    int place = 0;
    for (TouchedMessage message : messages) {
      chunk
          .addNumberDelta(message.number() - before.number())
          .addVisibleAtDelta(message.visibleAtMillis() - before.visibleAtMillis())
          .addReceiveCount(message.receiveCount())
          .addReceivedAtDelta(message.receivedAtMillis() - before.receivedAtMillis())
          .addFirstReceivedDelta(message.firstReceivedMillis() - before.firstReceivedMillis());
      if (!message.group().isEmpty() || message.arrival() != null) {
        chunk.addExtras(extra(place, message));
      }
      before = message;
      place++;
    }
    return chunk.build().toByteArray();
  }

  private static TouchedExtra extra(int place, TouchedMessage message) {
    TouchedExtra.Builder extra =
        TouchedExtra.newBuilder()
            .setPlace(place)
            .setGroup(message.group())
            .setArrivedSentMillis(message.arrivedSentMillis());
    if (message.arrival() != null) {
      extra.setArrival(MoveWords.words(message.arrival()));
    }
    return extra.build();
  }

  static void touched(ByteBuffer bytes, List<TouchedMessage> into) {
    TouchedChunk chunk = RowCodec.parse(TouchedChunk.parser(), bytes, "touched chunk");
    TouchedMessage before = NOTHING;
    int extras = 0;
    for (int i = 0; i < chunk.getNumberDeltaCount(); i++) {
      boolean more = extras < chunk.getExtrasCount() && chunk.getExtras(extras).getPlace() == i;
      TouchedExtra extra = more ? chunk.getExtras(extras++) : TouchedExtra.getDefaultInstance();
      TouchedMessage message =
          new TouchedMessage(
              before.number() + chunk.getNumberDelta(i),
              before.visibleAtMillis() + chunk.getVisibleAtDelta(i),
              chunk.getReceiveCount(i),
              before.receivedAtMillis() + chunk.getReceivedAtDelta(i),
              before.firstReceivedMillis() + chunk.getFirstReceivedDelta(i),
              extra.getGroup(),
              extra.hasArrival() ? MoveWords.arrival(extra.getArrival()) : null,
              extra.getArrivedSentMillis());
      into.add(message);
      before = message;
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
      before =
          new DelayedMessage(
              before.number() + chunk.getNumberDelta(i),
              before.sentAtMillis() + chunk.getSentAtDelta(i));
      into.add(before);
    }
  }

  static byte[] attempts(List<Attempt> attempts) {
    AttemptsChunk.Builder chunk = AttemptsChunk.newBuilder();
    for (Attempt attempt : attempts) {
      AttemptWords.Builder words =
          AttemptWords.newBuilder()
              .setAttemptId(attempt.attemptId())
              .setAtMillis(attempt.atMillis())
              .setUntilMillis(attempt.untilMillis());
      for (Delivery delivery : attempt.deliveries()) {
        words.addDeliveries(ReplyCodec.words(delivery));
      }
      chunk.addAttempts(words);
    }
    return chunk.build().toByteArray();
  }

  static void attempts(ByteBuffer bytes, List<Attempt> into) {
    AttemptsChunk chunk = RowCodec.parse(AttemptsChunk.parser(), bytes, "attempts chunk");
    for (AttemptWords words : chunk.getAttemptsList()) {
      List<Delivery> deliveries = new ArrayList<>(words.getDeliveriesCount());
      for (io.tern.proto.log.Delivery delivery : words.getDeliveriesList()) {
        deliveries.add(ReplyCodec.delivery(delivery));
      }
      into.add(
          new Attempt(
              words.getAttemptId(), words.getAtMillis(), words.getUntilMillis(), deliveries));
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
