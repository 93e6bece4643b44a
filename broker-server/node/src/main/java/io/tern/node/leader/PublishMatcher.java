package io.tern.node.leader;

import io.tern.state.TopicCommand.Publish;
import java.util.concurrent.CompletableFuture;

/**
 * Finds the subscribers of a published message before it goes into the log. {@link PublishLanes}
 * asks it, on the pool for matching; routing implements it over its copy of the catalogue.
 */
public interface PublishMatcher {

  /** The publish with its targets; as it was if nobody knows the topic. */
  Matched match(Publish publish);

  /** Ends when the copy has everything that the catalogue took before the call. */
  CompletableFuture<Void> caughtUp();

  /**
   * What came of it.
   *
   * @param doubtful whether the copy lacks something that a newer one may have
   * @param counting counts what came of it; to be run once, when the message is stored
   */
  record Matched(Publish publish, boolean doubtful, Runnable counting) {

    /** There is nothing to count. */
    public Matched(Publish publish, boolean doubtful) {
      this(publish, doubtful, () -> {});
    }
  }
}
