package io.tern.protocols;

import com.google.protobuf.Message;
import io.tern.proto.wire.OperationSpelling;
import io.tern.proto.wire.QueryStyle;
import io.tern.proto.wire.ServiceSpelling;

/**
 * One operation of a service: its name and the types it takes and gives. Made by {@link
 * OperationTable}; handlers are found by its key.
 */
public final class Operation {
  private final ServiceSpelling service;
  private final String name;
  private final OperationSpelling spelling;
  private final Message requestPrototype;
  private final Message responsePrototype;
  private final ShapePlan requestPlan;
  private final ShapePlan responsePlan;

  Operation(
      ServiceSpelling service,
      String name,
      OperationSpelling spelling,
      Message requestPrototype,
      Message responsePrototype) {
    this.service = service;
    this.name = name;
    this.spelling = spelling;
    this.requestPrototype = requestPrototype;
    this.responsePrototype = responsePrototype;
    this.requestPlan =
        ShapePlan.of(requestPrototype.getDescriptorForType(), service.getQueryStyle());
    this.responsePlan =
        ShapePlan.of(responsePrototype.getDescriptorForType(), service.getQueryStyle());
  }

  /** The name of the action, for example SendMessage; two services may have one of that name. */
  public String name() {
    return name;
  }

  /** What no other operation of any service is called, for example sqs.SendMessage. */
  public String key() {
    return key(service.getName(), name);
  }

  /** The key of the operation of that name in {@link OperationTable#SQS} or SNS. */
  public static String key(String service, String name) {
    return service + "." + name;
  }

  public Message requestPrototype() {
    return requestPrototype;
  }

  public Message responsePrototype() {
    return responsePrototype;
  }

  /** Whether AWS Query offers the operation on the path of a queue. */
  boolean isOnQueuePath() {
    return !spelling.getNotOnQueuePath();
  }

  /** Whether its answer in AWS Query has a result element, be it an empty one. */
  boolean hasResult() {
    return spelling.getEmptyResult() || !responsePlan.members().isEmpty();
  }

  boolean isNested() {
    return service.getQueryStyle() == QueryStyle.NESTED;
  }

  String xmlNamespace() {
    return service.getXmlNamespace();
  }

  ShapePlan requestPlan() {
    return requestPlan;
  }

  ShapePlan responsePlan() {
    return responsePlan;
  }

  @Override
  public String toString() {
    return key();
  }
}
