/** What a partition knows of topics, part by part. */
@NullMarked
package io.tern.state.topic;

import org.jspecify.annotations.NullMarked;
