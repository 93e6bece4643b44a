/** What exists only while this node leads a partition. */
@NullMarked
package io.tern.node.leader;

import org.jspecify.annotations.NullMarked;
