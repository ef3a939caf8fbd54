import { createServer, type IncomingHttpHeaders } from 'node:http'
import { Webhook } from 'standardwebhooks'
import { listening } from '../../loopback/listening.ts'

/** A publisher's endpoint: it verifies with the published package and knows one secret at a time. */
export type Endpoint = {
  secret: string
  isDown: boolean
  /** Every attempt's id and body, also those that got no answer. */
  readonly bodies: Map<string, string>
  /** When each event was first taken. */
  readonly takenAt: Map<string, Date>
  attempts: number
  takenAgain: number
  readonly faults: string[]
}

export type VerifyingReceiver = {
  readonly origin: string
  readonly endpoint: (name: 'a' | 'b' | 'gone') => Endpoint
  readonly close: () => Promise<void>
}

const fresh = (): Endpoint => ({
  ...{ secret: '', isDown: false, bodies: new Map(), takenAt: new Map(), attempts: 0, takenAgain: 0, faults: [] },
})

/** `/a` and `/b` take what verifies, `/gone` answers 410. `now` is the publisher's clock. */
export async function startVerifyingReceiver(now: () => Date): Promise<VerifyingReceiver> {
  const endpoints = { a: fresh(), b: fresh(), gone: fresh() }
  const server = createServer(async (request, response) => {
    const name = request.url === '/a' ? 'a' : request.url === '/b' ? 'b' : 'gone'
    const endpoint = endpoints[name]
    let body = ''
    for await (const chunk of request) body += String(chunk)
    note(endpoint, String(request.headers['webhook-id']), body)
    if (endpoint.isDown) request.socket.destroy()
    else response.writeHead(name === 'gone' ? 410 : take(endpoint, request.headers, body, now())).end()
  })
  const { url: origin, close } = await listening(server)
  return {
    origin,
    endpoint: (name) => endpoints[name],
    close,
  }
}

function note(endpoint: Endpoint, id: string, body: string): void {
  endpoint.attempts += 1
  const known = endpoint.bodies.get(id)
  if (known !== undefined && known !== body) endpoint.faults.push(`${id} came with another body`)
  endpoint.bodies.set(id, body)
}

function take(endpoint: Endpoint, headers: IncomingHttpHeaders, body: string, now: Date): number {
  const id = String(headers['webhook-id'])
  try {
    verify(endpoint.secret, headers, body, now)
  } catch (error) {
    // A worker that was slow over a jump of the clock is honest, and the attempt comes again.
    if (error instanceof Error && error.message.includes('too old')) return 400
    endpoint.faults.push(`${id} does not verify: ${String(error)}`)
    return 401
  }
  if (JSON.parse(body).data.event_id !== id) endpoint.faults.push(`${id} has another id in its body`)
  if (endpoint.takenAt.has(id)) endpoint.takenAgain += 1
  else endpoint.takenAt.set(id, now)
  return 204
}

/** The package asks the machine for the time; for this moment the machine's clock is the publisher's. */
function verify(secret: string, headers: IncomingHttpHeaders, body: string, now: Date): void {
  const machineNow = Date.now
  Date.now = () => now.getTime()
  try {
    const told = Object.entries(headers).map(([name, value]) => [name, String(value)])
    new Webhook(secret).verify(body, Object.fromEntries(told))
  } finally {
    Date.now = machineNow
  }
}
