/** The machine of a data partition and its rules. */
@NullMarked
package io.tern.state.partition;

import org.jspecify.annotations.NullMarked;
