package io.tern.protocols;

import com.google.protobuf.Message;

/**
 * One operation of the API: its name and the types it takes and gives. Made by {@link
 * OperationTable}; handlers are found by its name.
 */
public final class Operation {
  private final String name;
  private final String xmlNamespace;
  private final boolean onQueuePath;
  private final Message requestPrototype;
  private final Message responsePrototype;
  private final ShapePlan requestPlan;
  private final ShapePlan responsePlan;

  Operation(
      String name,
      String xmlNamespace,
      boolean onQueuePath,
      Message requestPrototype,
      Message responsePrototype) {
    this.name = name;
    this.xmlNamespace = xmlNamespace;
    this.onQueuePath = onQueuePath;
    this.requestPrototype = requestPrototype;
    this.responsePrototype = responsePrototype;
    this.requestPlan = ShapePlan.of(requestPrototype.getDescriptorForType());
    this.responsePlan = ShapePlan.of(responsePrototype.getDescriptorForType());
  }

  /** The name of the action, for example SendMessage. */
  public String name() {
    return name;
  }

  public Message requestPrototype() {
    return requestPrototype;
  }

  public Message responsePrototype() {
    return responsePrototype;
  }

  /** Whether AWS Query offers the operation on the path of a queue. */
  boolean isOnQueuePath() {
    return onQueuePath;
  }

  String xmlNamespace() {
    return xmlNamespace;
  }

  ShapePlan requestPlan() {
    return requestPlan;
  }

  ShapePlan responsePlan() {
    return responsePlan;
  }

  @Override
  public String toString() {
    return name;
  }
}
