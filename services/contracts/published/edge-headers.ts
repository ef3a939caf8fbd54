/**
 * What every edge says with every answer of the read path: the local front door, CloudFront's response headers policy, Varnish in the drills.
 * Pages of any origin read and show documents and thumbnails; nothing is ever taken for another type than it says.
 */
export const publicHeaders = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'age, etag, x-cache',
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
} as const

/** Besides, with pages: they run their own files, read from where they are, and are in nobody's frame. */
export const pageHeaders = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
} as const

/** What a browser is told before it reads with headers of its own (If-None-Match); good for a day. */
export const preflightHeaders = {
  'access-control-allow-methods': 'GET, HEAD',
  'access-control-allow-headers': '*',
  'access-control-max-age': '86400',
} as const
