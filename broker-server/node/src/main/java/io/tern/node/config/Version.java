package io.tern.node.config;

/** Which Tern this is, for the command's --version and for clients that ask. */
public final class Version {
  public static final String NUMBER = "0.1.0";

  private Version() {}
}
