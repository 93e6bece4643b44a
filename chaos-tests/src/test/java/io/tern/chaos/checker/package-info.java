/** Judges over a history: pure functions, each tested with histories that must fail it. */
@NullMarked
package io.tern.chaos.checker;

import org.jspecify.annotations.NullMarked;
