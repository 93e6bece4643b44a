package io.tern.state.topic;

import io.tern.state.EntryTime;
import io.tern.state.limits.TopicSettings;
import io.tern.state.queue.QueueImage.SentMark;
import io.tern.state.queue.SentTimes;
import java.util.List;

/** Which bodies of a topic are archived, and until when; part of {@link TopicIndex}. */
final class Archive {
  private static final long NONE = 0;

  private long from = NONE;
  private long sinceMillis;
  private long periodMillis;
  private SentTimes ages = new SentTimes();

  void load(TopicImage image) {
    from = image.archivedFrom();
    sinceMillis = image.archivedSinceMillis();
    periodMillis = image.settings() == null ? 0 : image.settings().archiveMillis();
    for (SentMark mark : image.archiveMarks()) {
      ages.append(mark);
    }
  }

  /** Begins with the next body, goes on with another period, or is gone. */
  void configure(TopicSettings settings, long nextBody, EntryTime clock) {
    periodMillis = settings.archiveMillis();
    if (periodMillis == 0) {
      clear();
    } else if (from == NONE) {
      from = nextBody;
      sinceMillis = clock.wallMillis();
    }
  }

  void clear() {
    from = NONE;
    sinceMillis = 0;
    periodMillis = 0;
    ages = new SentTimes();
  }

  void stored(long body, long retentionMillis) {
    if (from != NONE) {
      ages.sent(body, retentionMillis, periodMillis);
    }
  }

  void forgetBelow(long body) {
    ages.forgetBelow(body);
  }

  /** The lowest body that is not too old, or the greatest long without an archive. */
  long neededFrom(long retentionClockMillis) {
    return from == NONE
        ? Long.MAX_VALUE
        : Math.max(from, ages.sentBefore(retentionClockMillis - periodMillis) + 1);
  }

  /** Wall clock from which on messages can be replayed, -1 for none. */
  long oldestMillis(long wallMillis) {
    return from == NONE ? -1 : Math.max(sinceMillis, wallMillis - periodMillis);
  }

  long from() {
    return from;
  }

  long sinceMillis() {
    return sinceMillis;
  }

  List<SentMark> marks() {
    return ages.image();
  }
}
