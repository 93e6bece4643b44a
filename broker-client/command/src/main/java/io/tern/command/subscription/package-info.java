/** {@code tern subscription}: what goes from topics to whom. */
@NullMarked
package io.tern.command.subscription;

import org.jspecify.annotations.NullMarked;
