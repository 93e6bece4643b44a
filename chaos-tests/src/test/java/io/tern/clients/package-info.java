/**
 * Libraries and frameworks that people use with SQS and SNS, unmodified: each does its main job
 * once against three nodes, and the node that leads is killed in between.
 */
@NullMarked
package io.tern.clients;

import org.jspecify.annotations.NullMarked;
