package io.tern.node.delivery;

import io.tern.state.Bytes;
import io.tern.topics.envelope.Mails;
import java.util.Map;

/** One delivery, rendered for its protocol and ready to be sent. */
public sealed interface Outgoing {

  /**
   * To an http or https endpoint. A user and password in the URL are sent as Basic, or as Digest
   * when the endpoint asks for that.
   *
   * @param headers besides Host, Content-Length and Authorization
   */
  record WebPost(String url, Map<String, String> headers, Bytes body) implements Outgoing {
    /** The URL may hold a password. */
    @Override
    public String toString() {
      return "WebPost[" + WebAddress.masked(url) + ", " + body + "]";
    }
  }

  /**
   * To a function.
   *
   * @param function its ARN
   * @param event the JSON it is invoked with
   * @param traceHeader the publisher's X-Amzn-Trace-Id, empty for none
   */
  record FunctionCall(String function, String event, String traceHeader) implements Outgoing {}

  /**
   * By mail.
   *
   * @param fromName who it says it is from, empty for the bare address
   * @param unsubscribeUrl empty for none
   */
  record Mail(String to, String fromName, String subject, String text, String unsubscribeUrl)
      implements Outgoing {
    static Mail of(String to, Mails.Mail written) {
      return new Mail(
          to, written.senderName(), written.subject(), written.text(), written.unsubscribeUrl());
    }
  }

  /**
   * To a telephone.
   *
   * @param type Promotional or Transactional
   */
  record TextMessage(String to, String text, String senderId, String type, String messageId)
      implements Outgoing {}

  /**
   * To an app on a device.
   *
   * @param application name of the platform application
   * @param token of the device
   * @param payload as the platform's provider takes it
   * @param ttlSeconds how long the provider may keep trying
   */
  record PushMessage(
      String endpoint,
      String platform,
      String application,
      String token,
      String payload,
      long ttlSeconds,
      String messageId)
      implements Outgoing {}

  /**
   * To a delivery stream.
   *
   * @param stream its ARN
   * @param record with the line feed at its end
   */
  record StreamRecord(String stream, String record) implements Outgoing {}
}
