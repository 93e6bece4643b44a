@NullMarked
package io.tern.node.api;

import org.jspecify.annotations.NullMarked;
