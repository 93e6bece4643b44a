package io.tern.chaos;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The requests of {@link BadInputTest}: each complete, each wrong in its own way. */
final class BadRequests {
  private static final int DEEP = 100_000;
  private static final int MANY = 100_000;
  private static final String JSON_HEAD =
      """
      POST / HTTP/1.1\r
      Host: localhost\r
      Content-Type: application/x-amz-json-1.0\r
      X-Amz-Target: AmazonSQS.SendMessage\r
      """;

  private BadRequests() {}

  static List<BadRequest> all() {
    List<BadRequest> all = new ArrayList<>();
    all.addAll(json());
    all.addAll(jsonOfWrongTypes());
    all.addAll(forms());
    all.addAll(contentTypes());
    all.addAll(targets());
    all.addAll(heads());
    return all;
  }

  /** A valid call; the fuzzing starts from it. */
  static byte[] valid(String queue) {
    return BadRequest.json(
            "valid",
            "SendMessage",
            "{\"QueueUrl\": \"" + queue + "\", \"MessageBody\": \"m\", \"DelaySeconds\": 0}")
        .bytes();
  }

  /** A valid call with some bytes changed. */
  static byte[] mutate(byte[] valid, Random random) {
    byte[] changed = valid.clone();
    int changes = random.nextInt(1, 8);
    for (int i = 0; i < changes; i++) {
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
    }
    return changed;
  }

  static byte[] random(Random random) {
    byte[] bytes = new byte[random.nextInt(1, 4_096)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static List<BadRequest> json() {
    return List.of(
        send("open brace", "{"),
        send("cut in a name", "{\"QueueUr"),
        send("cut in a value", "{\"QueueUrl\":\"http://x/0/q"),
        send("no value", "{\"QueueUrl\":}"),
        send("trailing comma", "{\"QueueUrl\":\"q\",}"),
        send("two documents", "{\"QueueUrl\":\"q\",\"MessageBody\":\"m\"}{}"),
        send("array", "[]"),
        send("text", "\"text\""),
        send("number", "5"),
        send("null", "null"),
        send("single quotes", "{'QueueUrl':'q'}"),
        send("unquoted name", "{QueueUrl:\"q\"}"),
        send("comment", "{/* */\"QueueUrl\":\"q\"}"),
        send("bad escape", "{\"QueueUrl\":\"\\x\"}"),
        send("control character", "{\"QueueUrl\":\"a\nb\",\"MessageBody\":\"m\"}"),
        send("lone surrogate", "{\"QueueUrl\":\"q\",\"MessageBody\":\"\\ud800\"}"),
        send("XML", "<SendMessage/>"),
        send("deep arrays", "[".repeat(DEEP)),
        send("deep objects", "{\"a\":".repeat(DEEP)),
        send("deep and closed", "{\"a\":" + "[".repeat(DEEP) + "]".repeat(DEEP) + "}"),
        send("deep in a known member", "{\"MessageAttributes\":" + "{\"a\":".repeat(DEEP)),
        send("long number", "{\"DelaySeconds\":" + "9".repeat(MANY) + "}"),
        send("long name", "{\"" + "n".repeat(MANY) + "\":1}"),
        BadRequest.json(
            "not UTF-8",
            "SendMessage",
            "{\"QueueUrl\":\"q\",\"MessageBody\":\"\u00ff\u00fe\"}"
                .getBytes(StandardCharsets.ISO_8859_1)),
        BadRequest.json("binary", "SendMessage", random(new Random(1))),
        BadRequest.json("zeros", "SendMessage", new byte[1_000]));
  }

  private static List<BadRequest> jsonOfWrongTypes() {
    return List.of(
        send("number for text", "{\"QueueUrl\":5,\"MessageBody\":\"m\"}"),
        send("object for text", "{\"QueueUrl\":{},\"MessageBody\":\"m\"}"),
        send("array for text", "{\"QueueUrl\":[\"q\"],\"MessageBody\":\"m\"}"),
        receive("text for number", "\"ten\""),
        receive("fraction for number", "1.5"),
        receive("huge number", "99999999999999999999"),
        receive("huge exponent", "1e999999999"),
        receive("boolean for number", "true"),
        receive("object for number", "{}"),
        BadRequest.json(
            "text for list", "SendMessageBatch", "{\"QueueUrl\":\"q\",\"Entries\":\"x\"}"),
        BadRequest.json(
            "numbers for entries", "SendMessageBatch", "{\"QueueUrl\":\"q\",\"Entries\":[1,2]}"),
        BadRequest.json(
            "null for an entry", "SendMessageBatch", "{\"QueueUrl\":\"q\",\"Entries\":[null]}"),
        BadRequest.json(
            "list for map", "CreateQueue", "{\"QueueName\":\"q\",\"Attributes\":[\"a\"]}"),
        BadRequest.json(
            "number in a map", "CreateQueue", "{\"QueueName\":\"q q\",\"Attributes\":{\"a\":1}}"),
        send(
            "not base64",
            "{\"QueueUrl\":\"q\",\"MessageBody\":\"m\",\"MessageAttributes\":{\"k\":"
                + "{\"DataType\":\"Binary\",\"BinaryValue\":\"%%%\"}}}"),
        BadRequest.json(
            "a hundred thousand entries",
            "DeleteMessageBatch",
            "{\"QueueUrl\":\"q\",\"Entries\":[" + "{\"Id\":\"a\"},".repeat(MANY) + "{}]}"));
  }

  private static List<BadRequest> forms() {
    return List.of(
        BadRequest.form("nothing", ""),
        BadRequest.form("no names", "&&==&=&"),
        BadRequest.form("no action", "QueueName=q"),
        BadRequest.form("empty action", "Action="),
        BadRequest.form("unknown action", "Action=Frobnicate"),
        BadRequest.form("cut percent", "Action=GetQueueUrl&QueueName=%"),
        BadRequest.form("bad percent", "Action=GetQueueUrl&QueueName=%zz"),
        BadRequest.form("not UTF-8", "Action=GetQueueUrl&QueueName=%ff%fe"),
        BadRequest.form("zero byte", "Action=GetQueueUrl&QueueName=%00"),
        BadRequest.form("huge index", "Action=CreateQueue&Attribute.99999999999999999999.Name=x"),
        BadRequest.form("negative index", "Action=CreateQueue&Attribute.-1.Name=x"),
        BadRequest.form("text for index", "Action=CreateQueue&Attribute.one.Name=x"),
        BadRequest.form(
            "text for number", "Action=ReceiveMessage&QueueUrl=q&MaxNumberOfMessages=ten"),
        BadRequest.form("JSON as a form", "{\"QueueName\":\"q\"}"),
        BadRequest.form("deep names", "Action=CreateQueue&" + "a.".repeat(DEEP) + "=1"),
        BadRequest.form("many parameters", "Action=CreateQueue" + "&a=1".repeat(MANY)),
        BadRequest.form("many entries", "Action=SendMessageBatch&QueueUrl=q" + manyEntries()),
        BadRequest.raw(
            "bad percent in the query",
            "GET /?Action=GetQueueUrl&QueueName=%zz HTTP/1.1\r\nHost:" + " x\r\n\r\n"));
  }

  private static List<BadRequest> contentTypes() {
    byte[] json = "{\"QueueName\":\"q\"}".getBytes(StandardCharsets.UTF_8);
    List<BadRequest> rows = new ArrayList<>();
    for (String type :
        List.of(
            "application/json",
            "text/plain",
            "text/xml",
            "multipart/form-data; boundary=x",
            "application/octet-stream",
            "application/x-amz-json-1.1",
            "nonsense",
            "")) {
      rows.add(
          new BadRequest(
              "content type '" + type + "'", BadRequest.post("/", "Content-Type: " + type, json)));
    }
    rows.add(
        new BadRequest(
            "compressed, says the header",
            BadRequest.post(
                "/",
                "Content-Type: application/x-amz-json-1.0\r\nX-Amz-Target:"
                    + " AmazonSQS.CreateQueue\r\nContent-Encoding: gzip",
                random(new Random(2)))));
    return rows;
  }

  private static List<BadRequest> targets() {
    List<BadRequest> rows = new ArrayList<>();
    for (String target :
        List.of(
            "",
            "AmazonSQS",
            "AmazonSQS.",
            ".SendMessage",
            "AmazonSQS.Frobnicate",
            "AmazonSQS.sendmessage",
            "AmazonSQS.SendMessage.SendMessage",
            "DynamoDB_20120810.PutItem",
            "../../etc/passwd",
            "\u00ff\u00fe",
            "x".repeat(4_000))) {
      rows.add(
          new BadRequest(
              "target '" + target.substring(0, Math.min(40, target.length())) + "'",
              BadRequest.post(
                  "/",
                  "Content-Type: application/x-amz-json-1.0\r\nX-Amz-Target: " + target,
                  "{}".getBytes(StandardCharsets.UTF_8))));
    }
    return rows;
  }

  private static List<BadRequest> heads() {
    return List.of(
        BadRequest.raw("no HTTP", "hello\r\n\r\n"),
        BadRequest.raw("no version", "GET /\r\n\r\n"),
        BadRequest.raw("unknown method", "BREW / HTTP/1.1\r\nHost: x\r\n\r\n"),
        BadRequest.raw("put", "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"),
        BadRequest.raw("delete", "DELETE /000000000000/q HTTP/1.1\r\nHost: x\r\n\r\n"),
        BadRequest.raw("trace", "TRACE / HTTP/1.1\r\nHost: x\r\n\r\n"),
        BadRequest.raw("connect", "CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n"),
        BadRequest.raw("path out of the root", "GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n"),
        BadRequest.raw("percent in the path", "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n"),
        BadRequest.raw("long path", "GET /" + "p".repeat(MANY) + " HTTP/1.1\r\nHost: x\r\n\r\n"),
        BadRequest.raw("long header", JSON_HEAD + "X: " + "h".repeat(MANY) + "\r\n\r\n"),
        BadRequest.raw("many headers", JSON_HEAD + "X: h\r\n".repeat(MANY) + "\r\n"),
        BadRequest.raw("header without a colon", JSON_HEAD + "nonsense\r\n\r\n"),
        BadRequest.raw("length is no number", JSON_HEAD + "Content-Length: ten\r\n\r\n{}"),
        BadRequest.raw("negative length", JSON_HEAD + "Content-Length: -1\r\n\r\n{}"),
        BadRequest.raw(
            "length beyond all numbers",
            JSON_HEAD + "Content-Length: 99999999999999999999\r\n\r\n"),
        BadRequest.raw(
            "ten gigabytes promised", JSON_HEAD + "Content-Length: 10737418240\r\n\r\n{"),
        BadRequest.raw(
            "two lengths", JSON_HEAD + "Content-Length: 2\r\nContent-Length: 9\r\n\r\n{}"),
        BadRequest.raw(
            "chunk size is no number",
            JSON_HEAD + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"),
        BadRequest.raw(
            "negative chunk", JSON_HEAD + "Transfer-Encoding: chunked\r\n\r\n-5\r\n{}\r\n"),
        new BadRequest("body over the limit", tooLong()));
  }

  /** Four times what the largest message can need when each of its bytes is percent-encoded. */
  private static byte[] tooLong() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes("{\"QueueUrl\":\"q\",\"MessageBody\":\"".getBytes(StandardCharsets.UTF_8));
    body.writeBytes("x".repeat(16 * 1024 * 1024).getBytes(StandardCharsets.UTF_8));
    body.writeBytes("\"}".getBytes(StandardCharsets.UTF_8));
    return BadRequest.json("", "SendMessage", body.toByteArray()).bytes();
  }

  private static String manyEntries() {
    StringBuilder entries = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      entries.append("&SendMessageBatchRequestEntry.").append(i).append(".Id=a").append(i);
    }
    return entries.toString();
  }

  private static BadRequest send(String name, String body) {
    return BadRequest.json(name, "SendMessage", body);
  }

  private static BadRequest receive(String name, String number) {
    return BadRequest.json(
        name, "ReceiveMessage", "{\"QueueUrl\":\"q\",\"MaxNumberOfMessages\":" + number + "}");
  }
}
