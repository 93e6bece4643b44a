package io.tern.command.rpc;

import io.tern.command.output.Answer;
import java.io.IOException;

/** What one command asks a cluster. Commands write it, {@link ClientOptions} runs it. */
@FunctionalInterface
public interface Question {
  Answer ask(Session session) throws IOException;
}
