/** Definitions of queues and of the cluster. */
@NullMarked
package io.tern.state.catalogue;

import org.jspecify.annotations.NullMarked;
