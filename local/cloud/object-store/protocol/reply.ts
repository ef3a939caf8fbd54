/** What an operation answers; `handle.ts` adds request id, date and CORS headers. */
export type Reply = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer | (AsyncIterable<Buffer> & { destroy(): unknown })
}

export function emptyReply(status: number, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers, body: '' }
}

export function xmlReply(status: number, xml: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { ...headers, 'content-type': 'application/xml' }, body: xml }
}
