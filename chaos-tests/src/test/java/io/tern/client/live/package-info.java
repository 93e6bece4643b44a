/** The Java client against real servers. */
@NullMarked
package io.tern.client.live;

import org.jspecify.annotations.NullMarked;
