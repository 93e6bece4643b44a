package io.tern.topics.filter;

/** What became of the text of a filter policy; made by {@link FilterPolicy#parse}. */
public sealed interface ParsedPolicy permits FilterPolicy, PolicyRefusal {}
