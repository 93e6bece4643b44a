/** Finding the leader of a partition, on this node or another. */
@NullMarked
package io.tern.node.routing;

import org.jspecify.annotations.NullMarked;
