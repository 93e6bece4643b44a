package io.tern.disk;

import io.tern.state.TopicId;

/** Which row of {@link Table#BODIES} a notification refers to. */
record BodyKey(TopicId topic, long number) {}
