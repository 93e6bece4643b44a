package io.tern.protocols;

import com.google.protobuf.Message;
import org.jspecify.annotations.Nullable;

/**
 * A request after decoding: what the edge hands to the handler of the operation, and what it needs
 * to render the answer.
 *
 * @param request of the type of the operation's request prototype. In AWS Query its QueueUrl is
 *     already taken from the path when the parameters gave none
 * @param queuePath the queue the HTTP path names, if it names one; for policies and logs
 */
public record Decoded(
    WireProtocol protocol, Operation operation, Message request, @Nullable QueuePath queuePath) {}
