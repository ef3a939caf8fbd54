import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import { listening } from '../listening.ts'

export type Received = {
  readonly id: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
  // biome-ignore lint/suspicious/noExplicitAny: expectations look into messages field by field.
  readonly json: any
}

export type Receiver = {
  readonly origin: string
  readonly url: string
  /** Everything that arrived at one path, in the order of its arrival. */
  readonly at: (path: string) => readonly Received[]
  /** What a path answers from now on; 204 until then. */
  readonly answer: (path: string, how: (response: ServerResponse, received: Received) => void) => void
  readonly close: () => Promise<void>
}

/** A publisher's server on loopback. */
export async function startReceiver(): Promise<Receiver> {
  const arrived = new Map<string, Received[]>()
  const answers = new Map<string, (response: ServerResponse, received: Received) => void>()
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const path = request.url ?? ''
    const received = {
      id: String(request.headers['webhook-id']),
      headers: request.headers,
      body,
      json: JSON.parse(body),
    }
    arrived.set(path, [...(arrived.get(path) ?? []), received])
    const how = answers.get(path)
    if (how) how(response, received)
    else response.writeHead(204).end()
  })
  const { url: origin, close } = await listening(server)
  return {
    origin,
    url: `${origin}/hook`,
    at: (path) => arrived.get(path) ?? [],
    answer: (path, how) => void answers.set(path, how),
    close,
  }
}
