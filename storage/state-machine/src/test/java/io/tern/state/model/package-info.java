/** The partition's machine against a naive model. */
@NullMarked
package io.tern.state.model;

import org.jspecify.annotations.NullMarked;
