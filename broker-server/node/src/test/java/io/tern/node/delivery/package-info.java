/** Tests of the way out, against real receivers. */
@NullMarked
package io.tern.node.delivery;

import org.jspecify.annotations.NullMarked;
