// Writes WARC files with warcio into the folder that is named, for the tests of package warc.
import { createWriteStream } from "node:fs";
import { gzipSync, brotliCompressSync } from "node:zlib";
import { join } from "node:path";
import { WARCRecord, WARCSerializer } from "warcio";

const dir = process.argv[2];
const text = (s) => (async function* () { yield typeof s === "string" ? new TextEncoder().encode(s) : s; })();
const page = "<html><title>A strike at Tel Marun</title><p>Seven people were killed in Tel Marun on Monday.</p></html>";
const date = "2024-03-05T10:11:12Z";
const at = "http://marun.example/report";
const chunked = "2\r\n<h\r\n" + (page.length - 2).toString(16) + "\r\n" + page.slice(2) + "\r\n0\r\n\r\n";

const make = (o, body) => WARCRecord.create({ url: at, date, ...o }, body === undefined ? undefined : text(body));
const response = (version, httpHeaders, body, more = {}) =>
  make({ type: "response", warcVersion: version, statusline: "HTTP/1.1 200 OK", httpHeaders, ...more }, body);

const records = {
  response: (v) => [response(v, { "Content-Type": "text/html" }, page)],
  chunked: (v) => [response(v, { "Content-Type": "text/html", "Transfer-Encoding": "chunked" }, chunked)],
  gzip: (v) => [response(v, { "Content-Type": "text/html", "Content-Encoding": "gzip" }, gzipSync(page))],
  brotli: (v) => [response(v, { "Content-Type": "text/html", "Content-Encoding": "br" }, brotliCompressSync(Buffer.from(page)))],
  resource: (v) => [make({ type: "resource", warcVersion: v, warcHeaders: { "Content-Type": "text/html" } }, page)],
  metadata: (v) => [make({ type: "metadata", warcVersion: v, warcHeaders: { "Content-Type": "application/warc-fields" } }, "via: http://marun.example/\r\n"), response(v, { "Content-Type": "text/html" }, page)],
  request: (v) => [make({ type: "request", warcVersion: v, statusline: "GET /report HTTP/1.1", httpHeaders: { Host: "marun.example" } }, ""), response(v, { "Content-Type": "text/html" }, page)],
  revisit: (v) => [response(v, { "Content-Type": "text/html" }, page),
    make({ type: "revisit", url: "http://marun.example/again", warcVersion: v, statusline: "HTTP/1.1 200 OK", httpHeaders: { "Content-Type": "text/html" }, refersToUrl: at, refersToDate: date,
      warcHeaders: { "WARC-Profile": "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest" } }, "")],
};

for (const [name, of] of Object.entries(records)) {
  for (const [version, gzip] of [["WARC/1.0", true], ["WARC/1.1", false]]) {
    const out = createWriteStream(join(dir, `${name}-${version.slice(5)}.warc${gzip ? ".gz" : ""}`));
    const info = await WARCRecord.createWARCInfo({ filename: name, warcVersion: version }, { software: "warcio of npm", format: version });
    for (const record of [info, ...(await Promise.all(of(version)))]) {
      out.write(await WARCSerializer.serialize(record, { gzip }));
    }
    await new Promise((done) => out.end(done));
  }
}
