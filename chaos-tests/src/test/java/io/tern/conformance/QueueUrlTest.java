package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queue URLs: made from the host the caller used, understood whatever host they name. */
@Tag("once")
@OnEachDeployment
class QueueUrlTest {
  private final Deployment service;

  QueueUrlTest(Deployment service) {
    this.service = service;
  }

  @Test
  void urlHasTheHostOfTheRequest() {
    String name = service.newName("host");
    HttpAnswer created =
        service.http().json("CreateQueue", json("QueueName", name), "Host", "queues.example:8123");
    String wanted = "http://queues.example:8123/000000000000/" + name;
    assertThat(created.jsonText("QueueUrl")).isEqualTo(wanted);

    HttpAnswer found =
        service
            .http()
            .post(
                "/",
                SqsHttp.encode("GetQueueUrl", "QueueName", name),
                "Content-Type",
                SqsHttp.FORM,
                "Host",
                "queues.example:8123");
    assertThat(found.xmlText("QueueUrl")).isEqualTo(wanted);

    HttpAnswer listed =
        service
            .http()
            .json("ListQueues", json("QueueNamePrefix", name), "Host", "queues.example:8123");
    assertThat(listed.body()).contains(wanted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://sqs.eu-west-1.amazonaws.com/000000000000/%s",
        "https://us-east-2.queue.amazonaws.com/000000000000/%s",
        "http://localhost:1/000000000000/%s",
        "http://host.docker.internal:9324/000000000000/%s",
        "/000000000000/%s",
        "%s",
      })
  void urlOfAnyHostNamesTheQueue(String form) {
    String name = service.newName("anyhost");
    service.sqs().createQueue(r -> r.queueName(name));
    String url = form.formatted(name);
    service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("m"));
    assertThat(service.sqs().receiveMessage(r -> r.queueUrl(url).waitTimeSeconds(5)).messages())
        .hasSize(1);

    assertThat(service.http().form("SendMessage", "QueueUrl", url, "MessageBody", "n").status())
        .isEqualTo(200);
    assertThat(
            service
                .http()
                .form("ReceiveMessage", "QueueUrl", url, "WaitTimeSeconds", "5")
                .xmlText("Body"))
        .isEqualTo("n");
  }

  @Test
  void jsonMayBePostedToTheQueuePath() {
    String url = service.newQueue("jsonpath");
    HttpAnswer sent =
        service
            .http()
            .post(
                URI.create(url).getPath(),
                json("QueueUrl", url, "MessageBody", "m"),
                "Content-Type",
                SqsHttp.JSON,
                "X-Amz-Target",
                "AmazonSQS.SendMessage");
    assertThat(sent.status()).as(sent.toString()).isEqualTo(200);
    assertThat(sent.jsonText("MD5OfMessageBody")).isNotEmpty();
  }

  @Test
  void queryOnTheQueuePathNeedsNoUrl() {
    String path = URI.create(service.newQueue("path")).getPath();
    assertThat(service.http().formAt(path, "SendMessage", "MessageBody", "by path").status())
        .isEqualTo(200);
    HttpAnswer received =
        service.http().get(path + "?Action=ReceiveMessage&WaitTimeSeconds=5&Version=2012-11-05");
    assertThat(received.xmlText("Body")).isEqualTo("by path");
    assertThat(
            service
                .http()
                .formAt(path, "DeleteMessage", "ReceiptHandle", received.xmlText("ReceiptHandle"))
                .status())
        .isEqualTo(200);
    assertThat(service.http().formAt(path, "DeleteQueue").status()).isEqualTo(200);
  }

  @Test
  void urlInTheParametersWinsOverThePath() {
    String path = URI.create(service.newQueue("path")).getPath();
    String other = service.newQueue("wins");
    service.http().formAt(path, "SendMessage", "QueueUrl", other, "MessageBody", "m");
    assertThat(QueueCounts.of(service, other)).isEqualTo(new QueueCounts(1, 0, 0));
  }

  @Test
  void getQueueUrlOnAPathFindsAnyQueue() {
    String path = URI.create(service.newQueue("path")).getPath();
    String name = service.newName("sought");
    service.sqs().createQueue(r -> r.queueName(name));
    assertThat(service.http().formAt(path, "GetQueueUrl", "QueueName", name).xmlText("QueueUrl"))
        .endsWith("/" + name);
  }

  private static String json(String... membersAndValues) {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < membersAndValues.length; i += 2) {
      json.append(i == 0 ? "\"" : ", \"").append(membersAndValues[i]);
      json.append("\": \"").append(membersAndValues[i + 1]).append('"');
    }
    return json.append('}').toString();
  }
}
