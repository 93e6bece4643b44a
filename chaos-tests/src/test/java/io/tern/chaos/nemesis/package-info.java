/**
 * Faults, one kind in a file each. A new one implements {@link Nemesis} and is listed in {@link
 * Nemeses}.
 */
@NullMarked
package io.tern.chaos.nemesis;

import org.jspecify.annotations.NullMarked;
