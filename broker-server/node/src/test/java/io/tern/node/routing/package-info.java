@NullMarked
package io.tern.node.routing;

import org.jspecify.annotations.NullMarked;
