/** The gRPC API of whole servers, seen by the stubs that gRPC makes of the descriptions. */
@NullMarked
package io.tern.conformance.grpc;

import org.jspecify.annotations.NullMarked;
