import { missingSeconds } from '#contracts/published/cache-rules.ts'
import { tagHeader } from '#contracts/published/cache-tags.ts'
import { publicRoot, releasedButton, shortAddresses } from '#contracts/published/document-paths.ts'
import { pageHeaders, preflightHeaders, publicHeaders } from '#contracts/published/edge-headers.ts'
import { encodings, pictureFormats } from '#contracts/published/variants.ts'
import { longestPath } from './address.ts'

export type VclOptions = {
  /** Ports on 127.0.0.1 of the two stores' gateways. */
  readonly firstPort: number
  readonly standbyPort: number
  /** All times are divided by it: with 360, six hours pass in a minute. */
  readonly timesFaster: number
}

/** A list header that names `name` and does not say `q=0` of it: what `takes` in contracts/published/variants.ts decides. */
export const takesPattern = (name: string): string =>
  `(?i)(^|,)\\s*${name.replace(/[.+]/g, '\\$&')}\\s*(;(?!\\s*q=0(\\.0*)?\\s*(,|;|$))[^,;]*)*(,|$)`

/**
 * The rules of our edge in Varnish's own language. A 5xx or a silence of the first store is asked of the standby (`retry`). A stale
 * answer is served while a new one is fetched (`grace`) as long as stale-while-revalidate says; after that a new one is asked for first,
 * and the stale one is taken when that fails (`restart`), as long as stale-if-error says. Fetches that fail are abandoned: an error that
 * was stored would take the place of what is still good.
 */
export const vclOf = ({ firstPort, standbyPort, timesFaster }: VclOptions): string => `vcl 4.1;
import std;
import xkey;

backend first { .host = "127.0.0.1"; .port = "${firstPort}"; .connect_timeout = 1s; .first_byte_timeout = 3s; .between_bytes_timeout = 3s; }
backend standby { .host = "127.0.0.1"; .port = "${standbyPort}"; .connect_timeout = 1s; .first_byte_timeout = 3s; .between_bytes_timeout = 3s; }

sub vcl_recv {
  if (req.method == "PURGE") {
    set req.http.x-purged = xkey.purge(std.tolower(req.http.xkey-purge));
    return (synth(200, "Purged"));
  }
  if (req.method == "OPTIONS") { return (synth(204, "No Content")); }
  if (req.method != "GET" && req.method != "HEAD") { return (synth(405, "Method Not Allowed")); }
  if (req.restarts == 0) {
    unset req.http.x-ask;
    unset req.http.x-stale;
    set req.url = regsub(req.url, "[?#].*$", "");
    # First: longer ones exceed what the other patterns may cost.
    if (req.url ~ "^.{${longestPath + 1},}$") { return (synth(404, "Not Found")); }
${shortNames()}
    if (req.url !~ "^${publicRoot.replaceAll('.', '\\.')}" || req.url !~ "^(/(?!\\.{1,2}(/|$))[A-Za-z0-9_.~-]+)+$") { return (synth(404, "Not Found")); }
${variants()}
  }
  unset req.http.cookie;
  unset req.http.range;
  if (req.http.x-stale) { set req.grace = 10y; } else if (req.http.x-ask) { set req.grace = 0s; }
  set req.backend_hint = first;
  return (hash);
}

sub vcl_hash {
  hash_data(req.url);
  return (lookup);
}

sub vcl_hit {
  if (obj.ttl >= 0s || req.http.x-stale) { return (deliver); }
  if (obj.ttl + std.duration(obj.http.x-while-revalidating, 0s) >= 0s) { return (deliver); }
  # Too old to be shown unasked.
  set req.http.x-ask = "1";
  return (restart);
}

sub vcl_miss {
  # Nobody answered a moment ago, and nothing is known.
  if (req.http.x-stale) { return (synth(503, "Unavailable")); }
}

sub vcl_backend_fetch {
  # The stale answer was taken because nobody answered a moment ago.
  if (bereq.is_bgfetch && bereq.http.x-stale) { return (abandon); }
  # This edge packs and unpacks nothing: variants are objects of their own.
  unset bereq.http.accept-encoding;
  if (bereq.retries > 0) { set bereq.backend = standby; }
}

sub vcl_backend_response {
  if (beresp.status >= 500 || (beresp.status != 200 && beresp.status != 304 && beresp.status != 404)) {
    if (bereq.retries == 0) { return (retry); }
    return (abandon);
  }
  set beresp.do_gzip = false;
  set beresp.do_gunzip = false;
  set beresp.keep = 0s;
  set beresp.grace = 0s;
  if (beresp.status == 404) {
    set beresp.ttl = ${missingSeconds}s / ${timesFaster}.0;
    return (deliver);
  }
  set beresp.http.xkey = std.tolower(regsuball(beresp.http.${tagHeader}, ",", " "));
  if (beresp.http.cache-control ~ "(no-store|private|no-cache)") {
    set beresp.uncacheable = true;
    set beresp.ttl = 0s;
    return (deliver);
  }
  set beresp.ttl = ${secondsOf('s-maxage', 'max-age')} / ${timesFaster}.0;
  set beresp.http.x-while-revalidating = "" + (${secondsOf('stale-while-revalidate')} / ${timesFaster}.0) + "s";
  set beresp.grace = ${secondsOf('stale-if-error', 'stale-while-revalidate')} / ${timesFaster}.0;
  return (deliver);
}

sub vcl_backend_error {
  if (bereq.retries == 0) { return (retry); }
  return (abandon);
}

sub vcl_deliver {
  if (req.http.x-stale) { set resp.http.x-cache = "Stale"; }
  else if (obj.hits == 0) { set resp.http.x-cache = "Miss"; }
  else if (obj.ttl < 0s) { set resp.http.x-cache = "Stale"; }
  else { set resp.http.x-cache = "Hit"; }
  if (req.url ~ "^${publicRoot}thumbnails/") { set resp.http.vary = "Accept"; }
  else if (req.url ~ "${inAnyForm}" && req.url !~ "${isStatus}") { set resp.http.vary = "Accept-Encoding"; }
${headersOf(publicHeaders)}
  if (resp.http.content-type ~ "^text/html") {
${headersOf(pageHeaders)}
  }
  unset resp.http.xkey;
  unset resp.http.x-while-revalidating;
  unset resp.http.${tagHeader};
  unset resp.http.via;
  unset resp.http.x-varnish;
}

sub vcl_synth {
  if (resp.status == 503 && req.restarts < 2 && !req.http.x-stale) {
    set req.http.x-stale = "1";
    return (restart);
  }
  if (resp.status == 503) { set resp.status = 502; set resp.http.x-cache = "Error"; }
  if (req.method == "PURGE") { set resp.http.x-purged = req.http.x-purged; }
  if (resp.status == 204) {
${headersOf(preflightHeaders)}
  }
  if (resp.status == 405) { set resp.http.allow = "GET, HEAD, OPTIONS"; }
${headersOf(publicHeaders)}
  set resp.body = "";
  return (deliver);
}
`

/** Text that lies in the store packed as well. */
export const packedPattern = '\\.(json|html|css|js|svg)$'
const inAnyForm = packedPattern.replace('$', '(\\.br|\\.gz)?$')
const isStatus = `^${publicRoot}status/`

/** A directive's seconds, or those of the next best name; none when nothing says it. */
function secondsOf(...names: readonly string[]): string {
  const [name = '', ...others] = names
  const fallback = others.length === 0 ? '0s' : secondsOf(...others)
  return `std.duration(regsub(beresp.http.cache-control, "^(.*[, ])?${name}=([0-9]+).*$", "\\2s"), ${fallback})`
}

/** fullPathOf. */
const shortNames = (): string =>
  [
    ...Object.entries(shortAddresses).map(
      ([short, path]) => `    if (req.url == "${short}") { set req.url = "${path}"; }`,
    ),
    `    set req.url = regsub(req.url, "${releasedButton.source.replaceAll('\\/', '/')}", "${publicRoot}button/\\1.js");`,
  ].join('\n')

/** variantOf, in the same order. */
function variants(): string {
  const [last, ...better] = pictureFormats.toReversed()
  const picture = better
    .reverse()
    .map(
      ({ ending, type }) => `if (req.http.accept ~ "${takesPattern(type)}") { set req.url = req.url + "${ending}"; }`,
    )
  const packed = encodings.map(
    ({ ending, name }) =>
      `if (req.http.accept-encoding ~ "${takesPattern(name)}") { set req.url = req.url + "${ending}"; }`,
  )
  return `    if (req.url ~ "^${publicRoot}thumbnails/") {
      ${[...picture, `{ set req.url = req.url + "${last?.ending}"; }`].join(' else ')}
    } else if (req.url !~ "${isStatus}" && req.url ~ "${packedPattern}") {
      ${packed.join(' else ')}
    }`
}

const headersOf = (headers: Readonly<Record<string, string>>): string =>
  Object.entries(headers)
    .map(([name, value]) => `  set resp.http.${name} = "${value}";`)
    .join('\n')
