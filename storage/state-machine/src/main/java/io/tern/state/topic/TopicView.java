package io.tern.state.topic;

import io.tern.state.QueueId;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicId;
import io.tern.state.limits.TopicSettings;
import io.tern.state.queue.Deduplication;
import io.tern.state.queue.QueueImage.RememberedSend;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The read-only face of what a partition knows of one topic; all that rules see of it. */
public interface TopicView {
  TopicId topic();

  /** The version of the definition, or {@link TopicImage#NOT_HOME}. */
  long version();

  /** Null when the topic lives in another partition. */
  @Nullable TopicSettings settings();

  /** The number the next body gets. */
  long nextBody();

  /** All bodies below are gone; equal to the next body when none is kept. */
  long firstBody();

  /** How many queues may hold notifications of kept bodies. */
  int holders();

  /**
   * The lowest body that some queue may need; the greatest long when none does.
   *
   * @param oldestNumbers of a queue the number below which it has no message
   */
  long heldFrom(ToLongFunction<QueueId> oldestNumbers);

  /** The lowest body that archive or replays need; the greatest long when they need none. */
  long archivedFrom(long retentionClockMillis);

  /** Wall clock from which on messages can be replayed, -1 for none. */
  long oldestArchivedMillis(long wallMillis);

  /** The publish remembered under that key, whenever it was. */
  @Nullable RememberedSend remembered(Deduplication key);

  /** How many publishes are remembered. */
  int rememberedPublishes();

  /** The publishes up to this number are older than the window; 0 when none is. */
  long forgettableUpTo(long nowMillis);

  @Nullable Replay replay(SubscriptionId subscription);

  /** By subscription. */
  List<Replay> replays();
}
