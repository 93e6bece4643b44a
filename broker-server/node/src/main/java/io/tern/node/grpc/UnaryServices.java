package io.tern.node.grpc;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoUtils;
import io.tern.node.api.ApiTable;
import io.tern.protocols.Operation;
import io.tern.protocols.OperationTable;
import java.util.LinkedHashMap;
import java.util.Map;

/** Services of gRPC made of tables of operations: nothing is listed by hand. */
final class UnaryServices {
  private final GrpcPorts ports;

  UnaryServices(GrpcPorts ports) {
    this.ports = ports;
  }

  /** The service of a table, answered by the same handlers as on HTTP. */
  ServerServiceDefinition of(OperationTable table, ApiTable operations) {
    ServiceDescriptor described = table.grpc();
    ServiceDescriptor.Builder service =
        ServiceDescriptor.newBuilder(described.getName())
            .setSchemaDescriptor(described.getSchemaDescriptor());
    Map<Operation, MethodDescriptor<Message, Message>> methods = new LinkedHashMap<>();
    for (MethodDescriptor<?, ?> method : described.getMethods()) {
      Operation operation = table.byAction(String.valueOf(method.getBareMethodName()));
      if (operation != null) {
        MethodDescriptor<Message, Message> plain = plain(method, operation);
        service.addMethod(plain);
        methods.put(operation, plain);
      }
    }
    ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(service.build());
    methods.forEach((operation, method) ->
        definition.addMethod(
            method,
            handler(
                operation.name(),
                (caller, _, request) -> operations.handle(operation, caller, request))));
    return definition.build();
  }

  /** What takes the calls of one method. */
  <Q extends Message, A extends Message> ServerCallHandler<Q, A> handler(
      String name, UnaryCall.Work<Q, A> work) {
    return (call, headers) -> new UnaryCall<>(name, work, call, headers, ports);
  }

  /** The same method over messages of any type. */
  private static MethodDescriptor<Message, Message> plain(
      MethodDescriptor<?, ?> method, Operation operation) {
    return MethodDescriptor.<Message, Message>newBuilder()
        .setType(method.getType())
        .setFullMethodName(method.getFullMethodName())
        .setRequestMarshaller(ProtoUtils.marshaller(operation.requestPrototype()))
        .setResponseMarshaller(ProtoUtils.marshaller(operation.responsePrototype()))
        .setSchemaDescriptor(method.getSchemaDescriptor())
        .build();
  }
}
