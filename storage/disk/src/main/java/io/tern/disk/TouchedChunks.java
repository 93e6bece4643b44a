package io.tern.disk;

import io.tern.proto.rows.TouchedChunk;
import io.tern.state.Arrival;
import io.tern.state.QueueName;
import io.tern.state.queue.QueueImage.TouchedMessage;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pieces of a queue's touched messages, column by column and as differences. A dead-letter queue
 * may consist of a million messages with a past, few of them from different queues. Used by {@link
 * IndexImage} and {@link ImageReader}.
 */
final class TouchedChunks {
  private static final Arrival NO_PAST = new Arrival(null, 0, 0);
  private static final TouchedMessage NONE = new TouchedMessage(0, 0, 0, 0, 0, "", null, 0);

  static byte[] write(List<TouchedMessage> messages) {
    TouchedChunk.Builder chunk = TouchedChunk.newBuilder();
    TouchedMessage before = NONE;
    boolean grouped = false;
    for (TouchedMessage message : messages) {
      chunk
          .addNumberDelta(message.number() - before.number())
          .addVisibleAtDelta(message.visibleAtMillis() - before.visibleAtMillis())
          .addReceiveCount(message.receiveCount())
          .addReceivedAtDelta(message.receivedAtMillis() - before.receivedAtMillis())
          .addFirstReceivedDelta(message.firstReceivedMillis() - before.firstReceivedMillis());
      before = message;
      grouped |= !message.group().isEmpty();
    }
    if (grouped) {
      for (TouchedMessage message : messages) {
        chunk.addGroup(message.group());
      }
    }
    addArrivals(messages, chunk);
    return chunk.build().toByteArray();
  }

  private static void addArrivals(List<TouchedMessage> messages, TouchedChunk.Builder chunk) {
    Map<QueueName, Integer> sources = new HashMap<>();
    int placeBefore = 0;
    Arrival before = NO_PAST;
    long sentBefore = 0;
    for (int place = 0; place < messages.size(); place++) {
      TouchedMessage message = messages.get(place);
      Arrival arrival = message.arrival();
      if (arrival == null) {
        continue;
      }
      chunk
          .addArrivalPlaceDelta(place - placeBefore)
          .addArrivalSource(source(arrival.deadLetterSource(), sources, chunk))
          .addArrivalReceiveCount(arrival.receiveCount())
          .addArrivalFirstReceivedDelta(
              arrival.firstReceivedMillis() - before.firstReceivedMillis())
          .addArrivalSentDelta(message.arrivedSentMillis() - sentBefore);
      placeBefore = place;
      before = arrival;
      sentBefore = message.arrivedSentMillis();
    }
  }

  private static int source(
      @Nullable QueueName source, Map<QueueName, Integer> sources, TouchedChunk.Builder chunk) {
    if (source == null) {
      return 0;
    }
    Integer known = sources.get(source);
    if (known != null) {
      return known;
    }
    chunk.addSources(Words.name(source));
    sources.put(source, chunk.getSourcesCount());
    return chunk.getSourcesCount();
  }

  static void read(ByteBuffer bytes, List<TouchedMessage> into) {
    TouchedChunk chunk = RowCodec.parse(TouchedChunk.parser(), bytes, "touched chunk");
    List<QueueName> sources = Words.namesOf(chunk.getSourcesList());
    TouchedMessage before = NONE;
    Past past = new Past(chunk, sources);
    for (int i = 0; i < chunk.getNumberDeltaCount(); i++) {
      Arrival arrival = past.of(i);
      TouchedMessage message =
          new TouchedMessage(
              before.number() + chunk.getNumberDelta(i),
              before.visibleAtMillis() + chunk.getVisibleAtDelta(i),
              chunk.getReceiveCount(i),
              before.receivedAtMillis() + chunk.getReceivedAtDelta(i),
              before.firstReceivedMillis() + chunk.getFirstReceivedDelta(i),
              chunk.getGroupCount() == 0 ? "" : chunk.getGroup(i),
              arrival,
              arrival == null ? 0 : past.sentMillis);
      into.add(message);
      before = message;
    }
  }

  /** Goes through the arrivals of a chunk, beside its messages. */
  private static final class Past {
    private final TouchedChunk chunk;
    private final List<QueueName> sources;
    private int next;
    private int place;
    private long firstReceivedMillis;
    private long sentMillis;

    Past(TouchedChunk chunk, List<QueueName> sources) {
      this.chunk = chunk;
      this.sources = sources;
    }

    @Nullable Arrival of(int message) {
      if (next == chunk.getArrivalPlaceDeltaCount()
          || place + chunk.getArrivalPlaceDelta(next) != message) {
        return null;
      }
      place = message;
      firstReceivedMillis += chunk.getArrivalFirstReceivedDelta(next);
      sentMillis += chunk.getArrivalSentDelta(next);
      int source = chunk.getArrivalSource(next);
      int receiveCount = chunk.getArrivalReceiveCount(next);
      next++;
      return new Arrival(
          source == 0 ? null : sources.get(source - 1), receiveCount, firstReceivedMillis);
    }
  }

  private TouchedChunks() {}
}
