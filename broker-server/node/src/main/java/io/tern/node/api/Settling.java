package io.tern.node.api;

import static io.tern.node.api.Replies.unexpected;

import io.tern.protocols.TernException;
import io.tern.state.Command;
import io.tern.state.QueueId;
import io.tern.state.Reply;
import io.tern.state.limits.ErrorCode;

/** Deletes and visibility changes: receipt handles to commands, rejections to AWS's words. */
public final class Settling {
  private static final int VISIBILITY_SECONDS = 43_200;

  private final ReceiptHandles receipts;

  public Settling(ReceiptHandles receipts) {
    this.receipts = receipts;
  }

  Command delete(QueueId queue, String handle) {
    ReceiptHandles.Receipt receipt = receipts.open(handle, queue);
    return new Command.DeleteMessage(queue, receipt.number(), receipt.receiveCount());
  }

  Command changeVisibility(QueueId queue, String handle, int seconds) {
    Ranges.check("VisibilityTimeout", seconds, 0, VISIBILITY_SECONDS, Ranges.BETWEEN);
    ReceiptHandles.Receipt receipt = receipts.open(handle, queue);
    return new Command.ChangeVisibility(
        queue, receipt.number(), receipt.receiveCount(), 1_000L * seconds);
  }

  /**
   * Checks that the command took effect. The rules give only the reason of a rejection; here it
   * gets the handle or the timeout that the caller sent.
   */
  void checkSettled(Reply reply, String handle, int seconds) {
    if (reply instanceof Reply.Done) {
      return;
    }
    if (reply instanceof Reply.Rejected rejected) {
      String detail = rejected.detail();
      if (rejected.code() == ErrorCode.INVALID_PARAMETER_VALUE) {
        detail =
            detail.startsWith("Total VisibilityTimeout")
                ? "Value " + seconds + " for parameter VisibilityTimeout is invalid. Reason: "
                : "Value " + handle + " for parameter ReceiptHandle is invalid. Reason: ";
        throw new TernException(rejected.code(), detail + rejected.detail());
      }
      if (rejected.code() == ErrorCode.RECEIPT_HANDLE_IS_INVALID) {
        detail = "The input receipt handle \"" + handle + "\" is not a valid receipt handle.";
      }
      throw new TernException(rejected.code(), detail);
    }
    throw unexpected(reply);
  }
}
