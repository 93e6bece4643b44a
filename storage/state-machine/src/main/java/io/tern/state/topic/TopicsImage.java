package io.tern.state.topic;

import java.util.List;

/**
 * What a partition knows of topics.
 *
 * @param checkedMillis queue time of the last look for bodies that nobody needs
 * @param checkedUpTo the topic that look ended with, 0 when it came to the end
 * @param freshBody the first body of a topic that comes here anew gets this number at least, so
 *     that no topic's number is used twice
 * @param topics ascending
 */
public record TopicsImage(
    long checkedMillis, long checkedUpTo, long freshBody, List<TopicImage> topics) {

  /** No topic was here yet. */
  public static final TopicsImage EMPTY = new TopicsImage(0, 0, 1, List.of());
}
