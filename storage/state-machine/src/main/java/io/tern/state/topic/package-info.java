/** What the core knows of topics: targets of a publish, notifications, replays. */
@NullMarked
package io.tern.state.topic;

import org.jspecify.annotations.NullMarked;
