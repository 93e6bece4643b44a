/** Runs the scripts of {@code src/test/scripts}: behaviour one can read. */
@NullMarked
package io.tern.state.script;

import org.jspecify.annotations.NullMarked;
