/** Every command of {@code tern}, run as people run it: the real script against a real node. */
@NullMarked
package io.tern.commandline;

import org.jspecify.annotations.NullMarked;
