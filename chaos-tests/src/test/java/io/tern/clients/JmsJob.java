package io.tern.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The JMS library: a producer, and a consumer that acknowledges. The leader dies while messages are
 * received and not acknowledged; the consumer then gives them back and receives them again.
 */
final class JmsJob implements ClientJob {
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
  private final Set<String> redelivered = new HashSet<>();
  private String notAcknowledged = "";

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
    receiveAndAcknowledge("a");
    send("b");
    notAcknowledged = receive().getText();
  }

  @Override
  public void secondHalf() throws JMSException {
    receiving.recover();
    receiveAndAcknowledge("b");
    assertThat(redelivered).contains(notAcknowledged);
    send("c");
    receiveAndAcknowledge("c");
    assertInOrder();
    queue.awaitEmpty();
    closeGivingBackWhatWasPrefetched();
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

  /** The consumer fetches ahead; what nobody asked for is in the queue again at once. */
  private void closeGivingBackWhatWasPrefetched() throws JMSException {
    send("d");
    connection.close();
    String inQueue = Integer.toString(COUNT);
    await("messages are given back")
        .atMost(JobQueue.WITHIN)
        .until(() -> queue.counts().equals(List.of(inQueue, "0", "0")));
  }

  /** One by one: a group of a FIFO queue gives its next message when the last is acknowledged. */
  private void receiveAndAcknowledge(String prefix) throws JMSException {
    Set<String> wanted = new HashSet<>(JobQueue.texts(prefix, COUNT));
    while (!wanted.isEmpty()) {
      TextMessage message = receive();
      message.acknowledge();
      wanted.remove(message.getText());
      received.add(message.getText());
      if (message.getJMSRedelivered()) {
        redelivered.add(message.getText());
      }
    }
  }

  private TextMessage receive() throws JMSException {
    Message message = consumer.receive(JobQueue.WITHIN.toMillis());
    if (message instanceof TextMessage text) {
      assertThat(text.getText()).endsWith("-" + text.getIntProperty(NUMBER));
      return text;
    }
    throw new AssertionError("instead of a text came " + message + "; so far " + received);
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
}
