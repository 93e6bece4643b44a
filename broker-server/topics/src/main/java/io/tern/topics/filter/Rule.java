package io.tern.topics.filter;

import java.util.List;

/** One way to satisfy a filter policy: all tests hold. In ascending order of path, each once. */
record Rule(List<FieldTest> tests) {}
