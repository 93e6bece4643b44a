package io.tern.state;

/** The whole index of a machine as plain data: what a snapshot keeps and a start reads back. */
public sealed interface MachineImage permits PartitionImage, CatalogueImage {}
