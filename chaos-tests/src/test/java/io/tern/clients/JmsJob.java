package io.tern.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazon.sqs.javamessaging.ProviderConfiguration;
import com.amazon.sqs.javamessaging.SQSConnection;
import com.amazon.sqs.javamessaging.SQSConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The JMS library: a producer, and a consumer that acknowledges. The leader dies while messages are
 * received and not acknowledged; the consumer then gives them back and receives them again.
 */
final class JmsJob implements ClientJob {
  private static final long RECEIVE_MILLIS = 1_000;
  private static final int COUNT = 5;
  private static final String NUMBER = "number";

  private final JobQueue queue;
  private final boolean ordered;
  private final SQSConnection connection;
  private final Session sending;
  private final MessageProducer producer;
  private final Session receiving;
  private final MessageConsumer consumer;
  private final Set<String> received = new LinkedHashSet<>();

  private JmsJob(JobQueue queue, boolean ordered) throws JMSException {
    this.queue = queue;
    this.ordered = ordered;
    connection =
        new SQSConnectionFactory(new ProviderConfiguration(), queue.sqs()).createConnection();
    sending = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
    producer = sending.createProducer(sending.createQueue(queue.name()));
    receiving = connection.createSession(false, Session.CLIENT_ACKNOWLEDGE);
    consumer = receiving.createConsumer(receiving.createQueue(queue.name()));
    connection.start();
  }

  static JmsJob standard(URI endpoint) {
    SqsClient sqs = SdkSettings.sqs(endpoint);
    return create(JobQueue.standard(sqs, "jms"), false);
  }

  static JmsJob fifo(URI endpoint) {
    SqsClient sqs = SdkSettings.sqs(endpoint);
    return create(JobQueue.fifo(sqs, "jms.fifo"), true);
  }

  private static JmsJob create(JobQueue queue, boolean ordered) {
    try {
      return new JmsJob(queue, ordered);
    } catch (JMSException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void firstHalf() throws JMSException {
    send("a");
    receiveAll("a").acknowledge();
    send("b");
    var _ = receiveAll("b");
  }

  @Override
  public void secondHalf() throws JMSException {
    received.removeAll(JobQueue.texts("b", COUNT));
    receiving.recover();
    Message last = receiveAll("b");
    assertThat(last.getJMSRedelivered()).isTrue();
    last.acknowledge();
    send("c");
    receiveAll("c").acknowledge();
    assertInOrder();
    queue.awaitEmpty();
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (JMSException e) {
      throw new IOException(e);
    } finally {
      queue.sqs().close();
    }
  }

  private void send(String prefix) throws JMSException {
    int number = 0;
    for (String text : JobQueue.texts(prefix, COUNT)) {
      TextMessage message = sending.createTextMessage(text);
      message.setIntProperty(NUMBER, number++);
      if (ordered) {
        message.setStringProperty("JMSXGroupID", "only");
        message.setStringProperty("JMS_SQS_DeduplicationId", text);
      }
      producer.send(message);
    }
  }

  /** Receives until all of them have come; returns the message that came last. */
  private Message receiveAll(String prefix) throws JMSException {
    List<String> wanted = new ArrayList<>(JobQueue.texts(prefix, COUNT));
    long deadlineNanos = System.nanoTime() + JobQueue.WITHIN.toNanos();
    while (System.nanoTime() < deadlineNanos) {
      if (consumer.receive(RECEIVE_MILLIS) instanceof TextMessage message) {
        received.add(message.getText());
        assertThat(message.getText()).endsWith("-" + message.getIntProperty(NUMBER));
        wanted.remove(message.getText());
        if (wanted.isEmpty()) {
          return message;
        }
      }
    }
    throw new AssertionError(wanted + " did not arrive within " + within());
  }

  private void assertInOrder() {
    List<String> sent = new ArrayList<>(JobQueue.texts("a", COUNT));
    sent.addAll(JobQueue.texts("b", COUNT));
    sent.addAll(JobQueue.texts("c", COUNT));
    if (ordered) {
      assertThat(received).containsExactlyElementsOf(sent);
    } else {
      assertThat(received).containsExactlyInAnyOrderElementsOf(sent);
    }
  }

  private static Duration within() {
    return JobQueue.WITHIN;
  }
}
