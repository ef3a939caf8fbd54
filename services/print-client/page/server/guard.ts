import type { IncomingHttpHeaders } from 'node:http'

/** What a request says of where it comes from. */
export type Asking = { readonly method: string; readonly path: string; readonly headers: IncomingHttpHeaders }

/** Why a request is not answered. */
export type GuardFault = 'host' | 'method' | 'cross_site' | 'origin' | 'content_type'

const names = ['127.0.0.1', 'localhost']

/**
 * What is wrong with a request; pure. The page is for the browser of this machine alone: another name in `Host` is a site that had its name
 * point here (DNS rebinding), another `Origin` is a site that sends its visitor's browser here. Reading is for this page itself, and for
 * somebody who opens it by a link; whatever changes something has to come from this very page.
 */
export function guardFault({ method, path, headers }: Asking, port: number): GuardFault | undefined {
  const { host, origin } = headers
  if (host === undefined || !names.some((name) => host === `${name}:${port}`)) return 'host'
  if (method === 'GET' || method === 'HEAD') return isOwnReading(path, headers, host) ? undefined : 'cross_site'
  if (method !== 'POST') return 'method'
  if (origin !== `http://${host}`) return 'origin'
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') return 'cross_site'
  return isJson(headers['content-type']) ? undefined : 'content_type'
}

function isOwnReading(path: string, headers: IncomingHttpHeaders, host: string): boolean {
  const { origin } = headers
  if (origin !== undefined && origin !== `http://${host}`) return false
  const site = headers['sec-fetch-site']
  if (site === undefined || site === 'same-origin' || site === 'none') return true
  return path === '/' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
}

const isJson = (type: string | undefined): boolean => type?.split(';')[0]?.trim().toLowerCase() === 'application/json'
