@NullMarked
package io.tern.node.raft;

import org.jspecify.annotations.NullMarked;
