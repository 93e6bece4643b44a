package io.tern.node.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * Where options come from that the command line does not give: the environment (TERN_ADMIN_PORT for
 * --admin-port), then the properties file that TERN_CONFIG names (admin-port=...). A key that is no
 * option stops the start.
 */
public final class OptionSources implements CommandLine.IDefaultValueProvider {
  private static final String PREFIX = "TERN_";
  private static final String CONFIG = "TERN_CONFIG";

  private final Map<String, String> environment;
  private @Nullable Properties file;

  public OptionSources(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public @Nullable String defaultValue(CommandLine.Model.ArgSpec argument) throws IOException {
    if (!(argument instanceof CommandLine.Model.OptionSpec option)) {
      return null;
    }
    String key = option.longestName().replaceFirst("^--", "");
    String fromEnvironment =
        environment.get(PREFIX + key.toUpperCase(Locale.ROOT).replace('-', '_'));
    return fromEnvironment != null ? fromEnvironment : file(option).getProperty(key);
  }

  private Properties file(CommandLine.Model.OptionSpec option) throws IOException {
    Properties read = file;
    if (read == null) {
      read = new Properties();
      String path = Optional.ofNullable(environment.get(CONFIG)).orElse("");
      if (!path.isEmpty()) {
        try (Reader reader = Files.newBufferedReader(Path.of(path))) {
          read.load(reader);
        }
        refuseUnknown(read, option.command().commandLine());
      }
      file = read;
    }
    return read;
  }

  private static void refuseUnknown(Properties read, CommandLine command) {
    Set<String> known =
        command.getCommandSpec().options().stream()
            .map(option -> option.longestName().replaceFirst("^--", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    for (String key : read.stringPropertyNames()) {
      if (!known.contains(key)) {
        throw new CommandLine.ParameterException(
            command, "the configuration file has the unknown key '" + key + "'");
      }
    }
  }
}
