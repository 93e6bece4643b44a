/** What clients did and saw during a chaos run, in one clock; checkers judge it afterwards. */
@NullMarked
package io.tern.chaos.history;

import org.jspecify.annotations.NullMarked;
