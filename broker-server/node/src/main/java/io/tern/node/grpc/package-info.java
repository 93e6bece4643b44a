/** The gRPC API: the operations of both services, streams of messages, what the cluster is. */
@NullMarked
package io.tern.node.grpc;

import org.jspecify.annotations.NullMarked;
