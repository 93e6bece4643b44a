/** The page of figures. */
@NullMarked
package io.tern.node.metrics;

import org.jspecify.annotations.NullMarked;
