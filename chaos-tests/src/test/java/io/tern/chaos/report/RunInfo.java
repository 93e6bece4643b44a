package io.tern.chaos.report;

/**
 * What a report says of its run besides the history.
 *
 * @param name of the run, as for its files
 * @param commit of the product, as git describes it
 * @param seconds of load
 */
public record RunInfo(String name, long seed, String commit, long seconds) {}
