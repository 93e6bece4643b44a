package io.tern.disk;

import io.tern.disk.Keys.TopicList;
import io.tern.proto.rows.TopicImageRow;
import io.tern.state.TopicId;
import io.tern.state.queue.QueueImage.RememberedSend;
import io.tern.state.queue.QueueImage.SentMark;
import io.tern.state.topic.Replay;
import io.tern.state.topic.TopicImage;
import io.tern.state.topic.TopicImage.Holder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A topic of an image whose lists are still coming in. Used by {@link ImageReader}. */
final class TopicBeingRead {
  private final TopicId topic;
  private final TopicImageRow row;
  private final List<SentMark> archiveMarks = new ArrayList<>();
  private final List<Holder> holders = new ArrayList<>();
  private final List<Replay> replays = new ArrayList<>();

  TopicBeingRead(TopicId topic, ByteBuffer row) {
    this.topic = topic;
    this.row = RowCodec.parse(TopicImageRow.parser(), row, "topic image");
  }

  TopicId topic() {
    return topic;
  }

  void chunk(TopicList list, ByteBuffer value) {
    switch (list) {
      case ARCHIVE_MARKS -> ImageChunks.sentMarks(value, archiveMarks);
      case HOLDERS -> TopicImages.holders(value, holders);
      case REPLAYS -> TopicImages.replays(value, replays);
    }
  }

  TopicImage image(List<RememberedSend> publishes) {
    ImageReader.requireCount(
        "archive marks of " + topic, row.getArchiveMarks(), archiveMarks.size());
    ImageReader.requireCount("holders of " + topic, row.getHolders(), holders.size());
    ImageReader.requireCount(
        "holders' marks of " + topic, row.getHolderMarks(), TopicImages.marks(holders));
    ImageReader.requireCount(
        "deduplication rows of " + topic, row.getPublishes(), publishes.size());
    ImageReader.requireCount("replays of " + topic, row.getReplays(), replays.size());
    return new TopicImage(
        topic,
        row.getVersion(),
        row.hasSettings() ? TopicWords.settings(row.getSettings()) : null,
        row.getNextBody(),
        row.getFirstBody(),
        row.getArchivedFrom(),
        row.getArchivedSinceMillis(),
        archiveMarks,
        holders,
        publishes,
        replays);
  }
}
