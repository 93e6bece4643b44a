/** HTTP endpoints: requests in, responses out. */
@NullMarked
package io.tern.node.edge;

import org.jspecify.annotations.NullMarked;
