/** What an operator decides, and the clock. */
@NullMarked
package io.tern.node.config;

import org.jspecify.annotations.NullMarked;
