package io.tern.state;

import java.util.Arrays;

/** Opaque bytes compared by content. The array is shared, not copied: nobody writes to it. */
public final class Bytes {
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] array;

  private Bytes(byte[] array) {
    this.array = array;
  }

  /** Wraps the array, which the caller gives away. */
  public static Bytes of(byte[] array) {
    return new Bytes(array);
  }

  /** The shared array; reading only. */
  public byte[] array() {
    return array;
  }

  public int size() {
    return array.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(array, bytes.array);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(array);
  }

  @Override
  public String toString() {
    return array.length + " bytes";
  }
}
