/** Figures for Prometheus. */
@NullMarked
package io.tern.node.metrics;

import org.jspecify.annotations.NullMarked;
