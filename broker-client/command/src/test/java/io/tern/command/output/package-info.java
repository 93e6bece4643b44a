/** Tests of {@code io.tern.command.output}. */
@NullMarked
package io.tern.command.output;

import org.jspecify.annotations.NullMarked;
