package io.tern.node.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.tern.node.config.DeliveryConfig;
import io.tern.node.config.DeliveryConfig.MailSecurity;
import io.tern.node.config.WallClock;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mail handed to a real server, and to servers that refuse, hang and never end. */
class MailSenderTest {
  private static final long PATIENT_MILLIS = 60_000;
  private static final long BRIEF_MILLIS = 500;
  private static final Outgoing.Mail LETTER =
      new Outgoing.Mail(
          "reader@example.com",
          "Größe\r\nBcc: x@y",
          "Hé\r\nBcc: spy@example.com",
          "Grüße\n.\nEnde",
          "http://tern.example/?Action=Unsubscribe");

  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
    timer.shutdownNow();
  }

  @Test
  void aMailArrivesWithItsHeaders() throws Exception {
    GreenMail server = greenMail();
    server.setUser("tern", "secret");

    Outcome outcome =
        sender(server.getSmtp().getPort(), "tern", "secret", PATIENT_MILLIS).send(LETTER).join();

    assertThat(outcome).isInstanceOf(Outcome.Delivered.class);
    MimeMessage[] received = server.getReceivedMessages();
    assertThat(received).hasSize(1);
    MimeMessage mail = received[0];
    assertThat(mail.getSubject()).isEqualTo("Hé Bcc: spy@example.com");
    assertThat(mail.getAllRecipients())
        .extracting(Object::toString)
        .containsExactly("reader@example.com");
    assertThat(mail.getFrom()[0].toString()).endsWith("<no-reply@tern.example>");
    assertThat(mail.getContent().toString().replace("\r", "").strip()).isEqualTo("Grüße\n.\nEnde");
    assertThat(mail.getHeader("List-Unsubscribe"))
        .containsExactly("<http://tern.example/?Action=Unsubscribe>");
    assertThat(mail.getHeader("List-Unsubscribe-Post"))
        .containsExactly("List-Unsubscribe=One-Click");
    assertThat(mail.getHeader("Bcc")).isNull();
  }

  @Test
  void aWrongPasswordIsNotTheMailsFault() {
    GreenMail server = greenMail();
    server.setUser("tern", "secret");

    assertThat(sender(server.getSmtp().getPort(), "tern", "no", PATIENT_MILLIS).send(LETTER).join())
        .isInstanceOf(Outcome.Retry.class);
  }

  @Test
  void encryptionThatTheServerLacksIsNotDoneWithout() {
    GreenMail server = greenMail();

    Outcome outcome =
        sender(
                new DeliveryConfig.Mail(
                    "127.0.0.1",
                    server.getSmtp().getPort(),
                    MailSecurity.STARTTLS,
                    "",
                    "",
                    "no-reply@tern.example"),
                PATIENT_MILLIS)
            .send(LETTER)
            .join();

    assertThat(outcome).isInstanceOf(Outcome.Retry.class);
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "MAIL, 451, Retry", "MAIL, 550, Refused", "RCPT, 450, Retry", "RCPT, 550, Refused",
    "DATA, 421, Retry", "DATA, 554, Refused", "., 452, Retry", "., 552, Refused"
  })
  void theServersNumberDecides(String command, int code, String kind) throws IOException {
    int port =
        server(line -> line.startsWith(command) ? code + " as the test says" : ordinary(line));

    Outcome outcome = sender(port, "", "", PATIENT_MILLIS).send(LETTER).join();

    assertThat(outcome.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(outcome.toString()).contains("status=" + code);
  }

  @Test
  void aServerThatSaysNothingIsGivenUp() throws IOException {
    int port = server(_ -> "");

    assertThat(sender(port, "", "", BRIEF_MILLIS).send(LETTER).join())
        .isEqualTo(new Outcome.Retry(0, "the mail server took longer than 500 ms"));
  }

  @Test
  void aServerThatNeverEndsItsAnswerIsCutOff() throws IOException {
    CompletableFuture<Void> broken = new CompletableFuture<>();
    ServerSocket listening = listen();
    Thread.ofVirtual().start(() -> drip(listening, broken));

    assertThat(sender(listening.getLocalPort(), "", "", BRIEF_MILLIS).send(LETTER).join())
        .isInstanceOf(Outcome.Retry.class);
    await().until(broken::isDone);
  }

  @Test
  void noServerIsTriedAgain() throws IOException {
    ServerSocket gone = listen();
    int port = gone.getLocalPort();
    gone.close();

    assertThat(sender(port, "", "", PATIENT_MILLIS).send(LETTER).join())
        .isInstanceOf(Outcome.Retry.class);
  }

  @Test
  void whatIsNoAddressIsRefused() {
    Outgoing.Mail strange = new Outgoing.Mail("a@b.example, c@d.example", "", "s", "t", "");

    assertThat(sender(1, "", "", PATIENT_MILLIS).send(strange).join())
        .isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void aStrangersCertificateIsNotTrusted() {
    GreenMail server = greenMail(ServerSetup.PROTOCOL_SMTPS);

    Outcome outcome =
        sender(
                new DeliveryConfig.Mail(
                    "127.0.0.1",
                    server.getSmtps().getPort(),
                    MailSecurity.TLS,
                    "",
                    "",
                    "no-reply@tern.example"),
                PATIENT_MILLIS)
            .send(LETTER)
            .join();

    assertThat(outcome).isInstanceOf(Outcome.Retry.class);
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  private GreenMail greenMail() {
    return greenMail(ServerSetup.PROTOCOL_SMTP);
  }

  private GreenMail greenMail(String protocol) {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", protocol));
    server.start();
    open.add(server::stop);
    return server;
  }

  private MailSender sender(int port, String user, String password, long limitMillis) {
    return sender(
        new DeliveryConfig.Mail(
            "127.0.0.1", port, MailSecurity.NONE, user, password, "no-reply@tern.example"),
        limitMillis);
  }

  private MailSender sender(DeliveryConfig.Mail config, long limitMillis) {
    try {
      MailSender sender =
          new MailSender(
              config,
              SSLContext.getDefault(),
              WallClock.system(),
              timer,
              Thread.ofPlatform().daemon().factory(),
              limitMillis);
      open.add(sender);
      return sender;
    } catch (java.security.NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private ServerSocket listen() throws IOException {
    ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    open.add(listening);
    return listening;
  }

  /** A server of one conversation; an empty answer is none. */
  private int server(UnaryOperator<String> answer) throws IOException {
    ServerSocket listening = listen();
    Thread.ofVirtual().start(() -> converse(listening, answer));
    return listening.getLocalPort();
  }

  private static void converse(ServerSocket listening, UnaryOperator<String> answer) {
    try (Socket socket = listening.accept();
        Scanner lines = new Scanner(socket.getInputStream(), StandardCharsets.UTF_8)) {
      OutputStream out = socket.getOutputStream();
      say(out, answer.apply(""));
      boolean isText = false;
      while (lines.hasNextLine()) {
        String line = lines.nextLine();
        if (!isText || line.equals(".")) {
          String reply = answer.apply(line);
          isText = reply.startsWith("354");
          say(out, reply);
        }
      }
    } catch (IOException ended) {
      // The test is over.
    }
  }

  private static String ordinary(String line) {
    return line.startsWith("DATA") ? "354 go on" : line.isEmpty() ? "220 test" : "250 fine";
  }

  private static void say(OutputStream out, String line) throws IOException {
    if (!line.isEmpty()) {
      out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
  }

  private static void drip(ServerSocket listening, CompletableFuture<Void> broken) {
    try (Socket socket = listening.accept()) {
      OutputStream out = socket.getOutputStream();
      while (!broken.isDone()) {
        say(out, "220-more");
      }
    } catch (IOException closedByTheSender) {
      broken.complete(null);
    }
  }
}
