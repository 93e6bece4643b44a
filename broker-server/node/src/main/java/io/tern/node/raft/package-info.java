/** Replication: the only package that knows Apache Ratis, and nothing of it shows outside. */
@NullMarked
package io.tern.node.raft;

import org.jspecify.annotations.NullMarked;
