package io.tern.state.catalogue;

/** What a resource of mobile push or text messages is. */
public enum ResourceKind {
  PLATFORM_APPLICATION,
  PLATFORM_ENDPOINT,
  SMS_ATTRIBUTES,
  OPTED_OUT_NUMBER,
  SANDBOX_NUMBER
}
