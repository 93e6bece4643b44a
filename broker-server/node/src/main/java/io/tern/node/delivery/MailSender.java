package io.tern.node.delivery;

import io.tern.node.config.DeliveryConfig;
import io.tern.node.config.WallClock;
import io.tern.state.limits.DeliveryLimits;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Submits mail to the operator's server, one connection for each. The library blocks, so it has a
 * few threads of its own; the limit of time counts from the moment a mail is handed in.
 */
final class MailSender implements AutoCloseable {
  private static final int THREADS = 4;
  private static final int PERMANENT = 500;
  private static final int ACCEPTED = 250;

  private final DeliveryConfig.Mail config;
  private final SSLContext tls;
  private final WallClock clock;
  private final ScheduledExecutorService timer;
  private final long limitMillis;
  private final ThreadPoolExecutor pool;

  /**
   * @param limitMillis of a whole conversation with the server
   */
  MailSender(
      DeliveryConfig.Mail config,
      SSLContext tls,
      WallClock clock,
      ScheduledExecutorService timer,
      ThreadFactory threads,
      long limitMillis) {
    this.config = config;
    this.tls = tls;
    this.clock = clock;
    this.timer = timer;
    this.limitMillis = limitMillis;
    this.pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(DeliveryLimits.MAILS_WAITING),
            threads);
    pool.allowCoreThreadTimeOut(true);
  }

  CompletableFuture<Outcome> send(Outgoing.Mail mail) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    TrackedSockets sockets = new TrackedSockets();
    try {
      ScheduledFuture<?> overdue =
          timer.schedule(() -> overdue(outcome, sockets), limitMillis, TimeUnit.MILLISECONDS);
      var _ = outcome.whenComplete((_, _) -> overdue.cancel(false));
      pool.execute(() -> {
        if (!outcome.isDone()) {
          outcome.complete(submit(mail, sockets));
        }
      });
    } catch (RejectedExecutionException full) {
      outcome.complete(new Outcome.Retry(0, "too many mails wait to be sent"));
    }
    return outcome;
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }

  private void overdue(CompletableFuture<Outcome> outcome, TrackedSockets sockets) {
    outcome.complete(
        new Outcome.Retry(0, "the mail server took longer than " + limitMillis + " ms"));
    // Closing an encrypted socket may wait for its writer, which is not for the timer to do.
    Thread.ofVirtual().start(sockets::closeAll);
  }

  private Outcome submit(Outgoing.Mail mail, TrackedSockets sockets) {
    Session session = Session.getInstance(properties(sockets));
    MimeMessage message;
    try {
      message = message(mail, session);
    } catch (AddressException malformed) {
      return new Outcome.Refused(0, "'" + mail.to() + "' is not an address for mail");
    } catch (MessagingException | UnsupportedEncodingException unusable) {
      return new Outcome.Refused(0, "no mail can be made of this: " + Egress.reason(unusable));
    }
    try (Transport transport = session.getTransport("smtp")) {
      boolean isNamed = !config.user().isEmpty();
      transport.connect(
          config.host(),
          config.port(),
          isNamed ? config.user() : null,
          isNamed ? config.password() : null);
      transport.sendMessage(message, message.getAllRecipients());
      return new Outcome.Delivered(ACCEPTED, "");
    } catch (MessagingException failure) {
      return failed(failure);
    }
  }

  private MimeMessage message(Outgoing.Mail mail, Session session)
      throws MessagingException, UnsupportedEncodingException {
    MimeMessage message = new MimeMessage(session);
    InternetAddress from = new InternetAddress(config.from(), true);
    if (!mail.fromName().isEmpty()) {
      from.setPersonal(oneLine(mail.fromName()), StandardCharsets.UTF_8.name());
    }
    message.setFrom(from);
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(mail.to(), true));
    message.setSubject(oneLine(mail.subject()), StandardCharsets.UTF_8.name());
    message.setText(mail.text(), StandardCharsets.UTF_8.name());
    message.setHeader(
        "Date",
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            Instant.ofEpochMilli(clock.wallMillis()).atOffset(ZoneOffset.UTC)));
    message.setHeader("Auto-Submitted", "auto-generated");
    if (!mail.unsubscribeUrl().isEmpty()) {
      message.setHeader("List-Unsubscribe", "<" + oneLine(mail.unsubscribeUrl()) + ">");
      message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    }
    message.saveChanges();
    return message;
  }

  private Properties properties(TrackedSockets sockets) {
    Properties all = new Properties();
    String millis = Long.toString(limitMillis);
    all.setProperty("mail.smtp.connectiontimeout", millis);
    all.setProperty("mail.smtp.timeout", millis);
    all.setProperty("mail.smtp.writetimeout", millis);
    all.setProperty("mail.smtp.from", config.from());
    all.setProperty("mail.smtp.auth", String.valueOf(!config.user().isEmpty()));
    all.setProperty("mail.smtp.quitwait", "false");
    all.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    switch (config.security()) {
      case NONE -> all.setProperty("mail.smtp.starttls.enable", "false");
      case STARTTLS -> {
        all.setProperty("mail.smtp.starttls.enable", "true");
        all.setProperty("mail.smtp.starttls.required", "true");
      }
      case TLS -> all.setProperty("mail.smtp.ssl.enable", "true");
    }
    all.put("mail.smtp.socketFactory", sockets.plain());
    all.setProperty("mail.smtp.socketFactory.fallback", "false");
    all.put("mail.smtp.ssl.socketFactory", sockets.encrypted(tls.getSocketFactory()));
    return all;
  }

  /** The server's own number decides; without one it may work later. */
  private static Outcome failed(MessagingException failure) {
    String reason = Egress.reason(failure);
    if (failure instanceof AuthenticationFailedException) {
      return new Outcome.Retry(0, "the mail server does not know us: " + reason);
    }
    int code = 0;
    for (Throwable next = failure; next != null; next = following(next)) {
      int own = code(next);
      if (own != 0) {
        code = own;
        reason = Egress.reason(next);
      }
    }
    return code >= PERMANENT
        ? new Outcome.Refused(code, "the mail server refused it: " + reason)
        : new Outcome.Retry(code, "the mail server did not take it: " + reason);
  }

  private static int code(Throwable failure) {
    return switch (failure) {
      case SMTPAddressFailedException address -> address.getReturnCode();
      case SMTPSenderFailedException sender -> sender.getReturnCode();
      case SMTPSendFailedException command -> command.getReturnCode();
      default -> 0;
    };
  }

  private static @Nullable Throwable following(Throwable failure) {
    return failure instanceof MessagingException mail ? mail.getNextException() : null;
  }

  private static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}]+", " ");
  }
}
