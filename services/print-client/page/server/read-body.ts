import type { IncomingMessage } from 'node:http'
import { Refused } from '#chassis/errors.ts'

/** More than any form of the page can hold. */
const limitBytes = 16 * 1024

/** The JSON of a request. Throws Refused (`too_large`, `not_json`); nothing beyond the limit is kept. */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > limitBytes) throw new Refused('too_large', `A request has at most ${limitBytes} bytes`)
    chunks.push(bytes)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch (cause) {
    throw new Refused('not_json', 'The request is not JSON', [], { cause })
  }
}
