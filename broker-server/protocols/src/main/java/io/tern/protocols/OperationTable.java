package io.tern.protocols;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.tern.proto.sqs.SqsGrpc;
import io.tern.proto.wire.OperationSpelling;
import io.tern.proto.wire.ServiceSpelling;
import io.tern.proto.wire.WireProto;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All operations of one service, derived from its Protobuf description: nothing is listed by hand.
 * The codecs look operations up here; the endpoints compare their handlers with it.
 */
public final class OperationTable {
  private final String xmlNamespace;
  private final Map<String, Operation> byAction;
  private final Map<String, Operation> byTarget;

  private OperationTable(
      String xmlNamespace, Map<String, Operation> byAction, Map<String, Operation> byTarget) {
    this.xmlNamespace = xmlNamespace;
    this.byAction = Collections.unmodifiableMap(byAction);
    this.byTarget = Collections.unmodifiableMap(byTarget);
  }

  /** The 23 operations of SQS. */
  public static OperationTable sqs() {
    return of(SqsGrpc.getServiceDescriptor());
  }

  private static OperationTable of(io.grpc.ServiceDescriptor service) {
    Map<String, Operation> byAction = new LinkedHashMap<>();
    Map<String, Operation> byTarget = new LinkedHashMap<>();
    String xmlNamespace = "";
    for (MethodDescriptor<?, ?> method : service.getMethods()) {
      var description = protoMethod(method);
      ServiceSpelling spelling = spelling(description.getService());
      xmlNamespace = spelling.getXmlNamespace();
      OperationSpelling special = description.getOptions().getExtension(WireProto.operation);
      Operation operation =
          new Operation(
              description.getName(),
              xmlNamespace,
              !special.getNotOnQueuePath(),
              prototype(method.getRequestMarshaller()),
              prototype(method.getResponseMarshaller()));
      byAction.put(operation.name(), operation);
      byTarget.put(spelling.getTargetPrefix() + "." + operation.name(), operation);
    }
    return new OperationTable(xmlNamespace, byAction, byTarget);
  }

  private static com.google.protobuf.Descriptors.MethodDescriptor protoMethod(
      MethodDescriptor<?, ?> method) {
    if (method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier supplier) {
      return supplier.getMethodDescriptor();
    }
    throw new IllegalArgumentException(
        method.getFullMethodName() + " is not described by a .proto");
  }

  private static ServiceSpelling spelling(ServiceDescriptor service) {
    return service.getOptions().getExtension(WireProto.service);
  }

  private static Message prototype(MethodDescriptor.Marshaller<?> marshaller) {
    if (marshaller instanceof PrototypeMarshaller<?> typed
        && typed.getMessagePrototype() instanceof Message message) {
      return message;
    }
    throw new IllegalArgumentException("A marshaller without a Protobuf prototype");
  }

  /** All operations in the order of the service's description. */
  public Collection<Operation> operations() {
    return byAction.values();
  }

  /** Finds the operation of an Action parameter of AWS Query. */
  public @Nullable Operation byAction(String action) {
    return byAction.get(action);
  }

  /** Finds the operation of an X-Amz-Target header of AWS JSON. */
  public @Nullable Operation byTarget(String target) {
    return byTarget.get(target);
  }

  /** The namespace of XML answers, for those that belong to no operation. */
  String xmlNamespace() {
    return xmlNamespace;
  }
}
