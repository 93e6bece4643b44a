/** Tests of the house itself: who may use whom, what the core may touch, how sources look. */
@NullMarked
package io.tern.architecture;

import org.jspecify.annotations.NullMarked;
