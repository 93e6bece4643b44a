@NullMarked
package io.tern.node.config;

import org.jspecify.annotations.NullMarked;
