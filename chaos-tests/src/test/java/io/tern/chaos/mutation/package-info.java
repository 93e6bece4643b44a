/**
 * Planted bugs: the product's own sources with a few words changed, loaded into real nodes by an
 * agent. They prove that checkers can fail; the product has no switch for them.
 */
@NullMarked
package io.tern.chaos.mutation;

import org.jspecify.annotations.NullMarked;
