package io.tern.protocols;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.tern.proto.sns.SnsGrpc;
import io.tern.proto.sqs.SqsGrpc;
import io.tern.proto.wire.QueryStyle;
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
  /** What the two services are called in credential scopes and in the keys of operations. */
  public static final String SQS = "sqs";

  public static final String SNS = "sns";

  private final io.grpc.ServiceDescriptor grpc;
  private final ServiceSpelling service;
  private final Map<String, Operation> byAction;
  private final Map<String, Operation> byTarget;

  private OperationTable(
      io.grpc.ServiceDescriptor grpc,
      ServiceSpelling service,
      Map<String, Operation> byAction,
      Map<String, Operation> byTarget) {
    this.grpc = grpc;
    this.service = service;
    this.byAction = Collections.unmodifiableMap(byAction);
    this.byTarget = Collections.unmodifiableMap(byTarget);
  }

  /** The 23 operations of SQS. */
  public static OperationTable sqs() {
    return of(SqsGrpc.getServiceDescriptor());
  }

  /** The 42 operations of SNS. */
  public static OperationTable sns() {
    return of(SnsGrpc.getServiceDescriptor());
  }

  private static OperationTable of(io.grpc.ServiceDescriptor descriptor) {
    Map<String, Operation> byAction = new LinkedHashMap<>();
    Map<String, Operation> byTarget = new LinkedHashMap<>();
    ServiceSpelling service = ServiceSpelling.getDefaultInstance();
    for (MethodDescriptor<?, ?> method : descriptor.getMethods()) {
      var description = protoMethod(method);
      service = spelling(description.getService());
      Operation operation =
          new Operation(
              service,
              description.getName(),
              description.getOptions().getExtension(WireProto.operation),
              prototype(method.getRequestMarshaller()),
              prototype(method.getResponseMarshaller()));
      byAction.put(operation.name(), operation);
      byTarget.put(service.getTargetPrefix() + "." + operation.name(), operation);
    }
    return new OperationTable(descriptor, service, byAction, byTarget);
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

  /** The service as gRPC knows it; its methods are called like the operations. */
  public io.grpc.ServiceDescriptor grpc() {
    return grpc;
  }

  /** The namespace of XML answers, for those that belong to no operation. */
  String xmlNamespace() {
    return service.getXmlNamespace();
  }

  /** What credential scopes call the service. */
  String service() {
    return service.getName();
  }

  /** The Version parameter of its AWS Query. */
  String version() {
    return service.getVersion();
  }

  /** Whether its AWS Query is written like that of SNS. */
  boolean isNested() {
    return service.getQueryStyle() == QueryStyle.NESTED;
  }
}
