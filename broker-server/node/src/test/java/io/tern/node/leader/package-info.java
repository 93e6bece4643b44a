@NullMarked
package io.tern.node.leader;

import org.jspecify.annotations.NullMarked;
