@NullMarked
package io.tern.node.grpc;

import org.jspecify.annotations.NullMarked;
