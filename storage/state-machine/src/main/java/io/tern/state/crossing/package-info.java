/** Hand-off between partitions: outbox, courier, inbox. */
@NullMarked
package io.tern.state.crossing;

import org.jspecify.annotations.NullMarked;
