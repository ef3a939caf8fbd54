import { publicRoot } from '#contracts/published/document-paths.ts'
import { preflightHeaders, publicHeaders } from '#contracts/published/edge-headers.ts'
import { variantOf } from '#contracts/published/variants.ts'

type Header = { readonly value: string; readonly multiValue?: readonly { readonly value: string }[] }
type EdgeRequest = {
  readonly method: string
  uri: string
  readonly headers: Readonly<Record<string, Header | undefined>>
}
type EdgeHeaders = Record<string, { readonly value: string }>
type EdgeResponse = {
  readonly statusCode: number
  readonly statusDescription: string
  readonly headers: EdgeHeaders
}

/**
 * CloudFront calls it with each request, before it looks into its cache: the address becomes the one of the object that this caller takes, so
 * that packed forms and picture formats are different things to the cache. What browsers ask before they read is answered here, as S3 would
 * refuse it. So is whatever is not under the public root: the root of a bucket would answer with a list of everything.
 */
export function handler(event: { readonly request: EdgeRequest }): EdgeRequest | EdgeResponse {
  const request = event.request
  const path = variantOf(request.uri, {
    accept: textOf(request.headers.accept),
    acceptEncoding: textOf(request.headers['accept-encoding']),
  })
  if (!path.startsWith(publicRoot)) {
    return { statusCode: 404, statusDescription: 'Not Found', headers: added({}, publicHeaders) }
  }
  if (request.method === 'OPTIONS') {
    const headers = added(added({}, publicHeaders), preflightHeaders)
    return { statusCode: 204, statusDescription: 'No Content', headers: headers }
  }
  request.uri = path
  return request
}

/** A header that comes twice is one list. */
function textOf(header: Header | undefined): string {
  if (header === undefined) return ''
  return header.multiValue === undefined ? header.value : header.multiValue.map((each) => each.value).join(',')
}

function added(to: EdgeHeaders, more: Readonly<Record<string, string>>): EdgeHeaders {
  Object.keys(more).forEach((name) => {
    to[name] = { value: more[name] || '' }
  })
  return to
}
