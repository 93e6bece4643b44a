package io.tern.disk;

import io.tern.disk.IndexImage.RowSink;
import io.tern.disk.Keys.TopicList;
import io.tern.proto.rows.HoldersChunk;
import io.tern.proto.rows.ReplaysChunk;
import io.tern.proto.rows.TopicImageRow;
import io.tern.proto.rows.TopicsHead;
import io.tern.state.QueueId;
import io.tern.state.TopicId;
import io.tern.state.queue.QueueImage.SentMark;
import io.tern.state.topic.Replay;
import io.tern.state.topic.TopicImage;
import io.tern.state.topic.TopicImage.BodyMark;
import io.tern.state.topic.TopicImage.Holder;
import io.tern.state.topic.TopicsImage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDBException;

/**
 * What an image tells of topics, to and from its rows. What a topic remembers of publishes has rows
 * of its own and is only counted. Used by {@link IndexImage} and by {@link TopicBeingRead}.
 */
final class TopicImages {

  /** Holders of one chunk, each with a few marks; at the widest a chunk is then below 1 MiB. */
  static final int CHUNK_HOLDERS = 1_024;

  static final int CHUNK_REPLAYS = 1_024;

  static TopicsHead head(TopicsImage topics) {
    return TopicsHead.newBuilder()
        .setCheckedMillis(topics.checkedMillis())
        .setCheckedUpTo(topics.checkedUpTo())
        .setFreshBody(topics.freshBody())
        .setTopics(topics.topics().size())
        .build();
  }

  static void write(TopicImage topic, RowSink sink) throws RocksDBException {
    TopicId id = topic.topic();
    sink.put(Keys.imageTopic(id), row(topic).toByteArray());
    int chunk = 0;
    for (List<SentMark> marks : IndexImage.parts(topic.archiveMarks(), IndexImage.CHUNK_ELEMENTS)) {
      sink.put(
          Keys.imageTopicChunk(id, TopicList.ARCHIVE_MARKS, chunk++), ImageChunks.sentMarks(marks));
    }
    chunk = 0;
    for (List<Holder> holders : IndexImage.parts(topic.holders(), CHUNK_HOLDERS)) {
      sink.put(Keys.imageTopicChunk(id, TopicList.HOLDERS, chunk++), holders(holders));
    }
    chunk = 0;
    for (List<Replay> replays : IndexImage.parts(topic.replays(), CHUNK_REPLAYS)) {
      sink.put(Keys.imageTopicChunk(id, TopicList.REPLAYS, chunk++), replays(replays));
    }
  }

  private static TopicImageRow row(TopicImage topic) {
    TopicImageRow.Builder row =
        TopicImageRow.newBuilder()
            .setVersion(topic.version())
            .setNextBody(topic.nextBody())
            .setFirstBody(topic.firstBody())
            .setArchivedFrom(topic.archivedFrom())
            .setArchivedSinceMillis(topic.archivedSinceMillis())
            .setArchiveMarks(topic.archiveMarks().size())
            .setHolders(topic.holders().size())
            .setHolderMarks(marks(topic.holders()))
            .setPublishes(topic.publishes().size())
            .setReplays(topic.replays().size());
    if (topic.settings() != null) {
      row.setSettings(TopicWords.settings(topic.settings()));
    }
    return row.build();
  }

  static long marks(List<Holder> holders) {
    return holders.stream().mapToLong(holder -> holder.marks().size()).sum();
  }

  private static byte[] holders(List<Holder> holders) {
    HoldersChunk.Builder chunk = HoldersChunk.newBuilder();
    long queue = 0;
    BodyMark before = new BodyMark(0, 0);
    for (Holder holder : holders) {
      chunk
          .addQueueDelta(holder.queue().number() - queue)
          .addLastNumber(holder.lastNumber())
          .addMarks(holder.marks().size());
      queue = holder.queue().number();
      for (BodyMark mark : holder.marks()) {
        chunk
            .addNumberDelta(mark.number() - before.number())
            .addBodyDelta(mark.body() - before.body());
        before = mark;
      }
    }
    return chunk.build().toByteArray();
  }

  static void holders(ByteBuffer bytes, List<Holder> into) {
    HoldersChunk chunk = RowCodec.parse(HoldersChunk.parser(), bytes, "holders chunk");
    long queue = 0;
    int next = 0;
    BodyMark before = new BodyMark(0, 0);
    for (int i = 0; i < chunk.getQueueDeltaCount(); i++) {
      queue += chunk.getQueueDelta(i);
      List<BodyMark> marks = new ArrayList<>(chunk.getMarks(i));
      for (int mark = 0; mark < chunk.getMarks(i); mark++) {
        before =
            new BodyMark(
                before.number() + chunk.getNumberDelta(next),
                before.body() + chunk.getBodyDelta(next));
        marks.add(before);
        next++;
      }
      into.add(new Holder(new QueueId(queue), chunk.getLastNumber(i), marks));
    }
  }

  private static byte[] replays(List<Replay> replays) {
    ReplaysChunk.Builder chunk = ReplaysChunk.newBuilder();
    for (Replay replay : replays) {
      chunk.addReplays(TopicWords.replay(replay));
    }
    return chunk.build().toByteArray();
  }

  static void replays(ByteBuffer bytes, List<Replay> into) {
    ReplaysChunk chunk = RowCodec.parse(ReplaysChunk.parser(), bytes, "replays chunk");
    for (io.tern.proto.log.Replay replay : chunk.getReplaysList()) {
      into.add(TopicWords.replay(replay));
    }
  }

  private TopicImages() {}
}
