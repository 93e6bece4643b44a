/** {@code tern cluster}: what an operator asks about nodes and partitions. */
@NullMarked
package io.tern.command.cluster;

import org.jspecify.annotations.NullMarked;
