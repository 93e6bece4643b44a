/** One method per operation: requests to commands, replies to responses. */
@NullMarked
package io.tern.node.api;

import org.jspecify.annotations.NullMarked;
