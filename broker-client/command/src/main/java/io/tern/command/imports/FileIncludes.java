package io.tern.command.imports;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import java.io.File;
import java.net.URL;
import java.nio.file.Path;

/**
 * Follows a file's includes of files beside it. Nothing is fetched from the network, and what the
 * other broker has on its class path are its own defaults. For {@link ElasticMqFile}.
 */
final class FileIncludes
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
  private final Path folder;

  FileIncludes(Path folder) {
    this.folder = folder;
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    // The fallback would follow the rest.
    return this;
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    return included(folder.resolve(what).toFile());
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    return included(folder.resolve(what.toPath()).toFile());
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    throw new ConfigException.Generic("an include from the network is not followed: " + what);
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    return ConfigFactory.empty().root();
  }

  private ConfigObject included(File file) {
    return ConfigFactory.parseFileAnySyntax(
            file, ConfigParseOptions.defaults().setAllowMissing(true).setIncluder(this))
        .root();
  }
}
