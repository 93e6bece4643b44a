/** Every limit, every error, and the settings of queues. */
@NullMarked
package io.tern.state.limits;

import org.jspecify.annotations.NullMarked;
