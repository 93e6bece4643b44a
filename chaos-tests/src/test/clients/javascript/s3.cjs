// An S3 for the Extended Client's payloads: s3rver on a free port, its files in a folder of its own.
// Says "<port> <bucket>" and serves until its input ends.
const { mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const S3rver = require("s3rver");

const BUCKET = "payloads";
const directory = mkdtempSync(join(tmpdir(), "tern-s3-"));
const server = new S3rver({
  address: "127.0.0.1",
  port: 0,
  silent: true,
  directory,
  configureBuckets: [{ name: BUCKET }],
});
server.run((error, address) => {
  if (error) {
    throw error;
  }
  process.stdout.write(`${address.port} ${BUCKET}\n`);
});
process.stdin
  .on("end", () => {
    rmSync(directory, { recursive: true, force: true });
    process.exit(0);
  })
  .resume();
