package io.tern.node.edge;

import com.google.protobuf.Message;
import io.tern.proto.sns.ConfirmSubscriptionRequest;
import io.tern.proto.sns.ConfirmSubscriptionResult;
import io.tern.proto.sns.UnsubscribeRequest;
import io.tern.protocols.TernException;
import io.tern.protocols.WireResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What a person sees who follows a link of a mail: a question with a button, then what came of it.
 * So nothing happens when a scanner looks where the links in a mail lead. {@link RequestHandler}
 * shows it.
 *
 * @param title of the question, and on the button
 * @param asks the question
 * @param about the ARN it is about
 */
record LinkPage(String title, String asks, String about) {
  private static final int FINE = 200;
  private static final List<WireResponse.Header> HEADERS =
      List.of(
          new WireResponse.Header(
              "Content-Security-Policy",
              "default-src 'none'; style-src 'unsafe-inline'; form-action 'self';"
                  + " frame-ancestors 'none'; base-uri 'none'"),
          new WireResponse.Header("X-Content-Type-Options", "nosniff"),
          new WireResponse.Header("Referrer-Policy", "no-referrer"),
          new WireResponse.Header("Cache-Control", "no-store"));

  /** The page of a call that links lead to; empty for other calls. */
  static Optional<LinkPage> of(Message request) {
    return switch (request) {
      case ConfirmSubscriptionRequest confirm ->
          Optional.of(
              new LinkPage(
                  "Confirm subscription",
                  "Do you want to receive the notifications of this topic?",
                  confirm.getTopicArn()));
      case UnsubscribeRequest unsubscribe ->
          Optional.of(
              new LinkPage(
                  "Unsubscribe",
                  "Do you want no more notifications of this subscription?",
                  unsubscribe.getSubscriptionArn()));
      default -> Optional.empty();
    };
  }

  /** The question. Its button posts to the link itself, which has all that the call needs. */
  WireResponse question() {
    return page(
        FINE,
        title,
        paragraph(asks)
            + code(about)
            + "<form method=\"post\"><button>"
            + escaped(title)
            + "</button></form>");
  }

  /** The call succeeded. */
  WireResponse done(Message answer) {
    if (answer instanceof ConfirmSubscriptionResult confirmed) {
      String arn = confirmed.getSubscriptionArn();
      String link =
          "?Action=Unsubscribe&SubscriptionArn=" + URLEncoder.encode(arn, StandardCharsets.UTF_8);
      return page(
          FINE,
          "Subscription confirmed",
          paragraph("Your subscription's ARN is:")
              + code(arn)
              + "<p>If this was in error, <a href=\""
              + escaped(link)
              + "\">unsubscribe</a>.</p>");
    }
    return page(FINE, "Unsubscribed", paragraph("You get no more notifications of:") + code(about));
  }

  /** The call failed. */
  WireResponse failed(TernException error) {
    String detail = error.detail().isEmpty() ? error.code().queryText() : error.detail();
    return page(error.code().httpStatus(), "This did not work", paragraph(detail) + code(about));
  }

  private static WireResponse page(int status, String title, String body) {
    String html =
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <meta name="robots" content="noindex">
        <title>%1$s</title>
        <style>
        body { font-family: sans-serif; max-width: 40em; margin: 4em auto; padding: 0 1em }
        code { overflow-wrap: anywhere }
        button { font-size: 1em; padding: .5em 1em }
        </style>
        </head>
        <body>
        <h1>%1$s</h1>
        %2$s
        </body>
        </html>
        """
            .formatted(escaped(title), body);
    return new WireResponse(
        status, "text/html; charset=utf-8", HEADERS, html.getBytes(StandardCharsets.UTF_8));
  }

  private static String paragraph(String text) {
    return "<p>" + escaped(text) + "</p>";
  }

  private static String code(String text) {
    return text.isEmpty() ? "" : "<p><code>" + escaped(text) + "</code></p>";
  }

  /** The text as text, between tags and in quotes. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
