package io.tern.state.topic;

import io.tern.state.TopicId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The read-only face of what a partition knows of topics. */
public interface TopicsView {

  /** The topic, or null when this partition is not its home and keeps no bodies of it. */
  @Nullable TopicView topic(TopicId topic);

  /** The number the topic's next body gets here. */
  long nextBody(TopicId topic);

  /** FIFO topics with publishes that should be forgotten, at most so many. */
  List<TopicView> withForgettable(long nowMillis, int limit);

  /** The topics after that number of which bodies are kept, ascending. */
  Iterable<? extends TopicView> keepingBodies(long afterTopic);

  /** Queue time when to look for bodies that nobody needs, or the greatest long. */
  long nextCheckMillis();

  /** Where the last look ended, 0 when it saw all. */
  long checkedUpTo();
}
