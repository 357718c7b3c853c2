// Reads WARC files with warcio and prints one JSON object a record, for the tests of package warc.
import { createReadStream } from "node:fs";
import { createHash } from "node:crypto";
import { WARCParser } from "warcio";

for (const file of process.argv.slice(2)) {
  for await (const record of new WARCParser(createReadStream(file), { keepHeadersCase: true })) {
    const body = await record.readFully(true);
    console.log(JSON.stringify({
      type: record.warcType, id: record.warcHeaders.headers.get("WARC-Record-ID"), target: record.warcTargetURI ?? "",
      date: record.warcDate, status: record.httpHeaders?.statusCode ?? 0,
      sha256: createHash("sha256").update(body).digest("hex"), size: body.length, offset: record._offset, length: record._length,
    }));
  }
}
