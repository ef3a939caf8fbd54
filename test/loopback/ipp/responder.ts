import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import ipp from '@sealsystems/ipp'

/** A job as the printer in the test knows it. */
export type HeldJob = {
  readonly id: number
  readonly name: string
  readonly template: Readonly<Record<string, unknown>>
  readonly document: Buffer
  state: string
  reasons: string
}

/** What goes wrong with the next request of an operation. */
export type Fault =
  | 'lose_reply'
  | 'lose_request'
  | 'busy'
  | 'garbage'
  | 'html'
  | 'too_large'
  | 'unsupported'
  | 'http_503'

export type Responder = {
  readonly url: string
  readonly jobs: readonly HeldJob[]
  readonly failNext: (operation: string, ...faults: readonly (Fault | undefined)[]) => void
  readonly set: (name: string, state: string, reasons?: string) => void
  /** Forgets its jobs and counts anew. */
  readonly restart: (at: Date) => void
  /** Forgets what is over. */
  readonly forget: () => void
  readonly facts: Record<string, unknown>
  readonly asked: readonly string[]
  readonly close: () => Promise<void>
}

export type ResponderOptions = {
  readonly now: () => Date
  readonly tls?: { readonly key: string; readonly cert: string }
  readonly password?: string
}

const over = ['canceled', 'aborted', 'completed']
const operation = { 'attributes-charset': 'utf-8', 'attributes-natural-language': 'en' }

const templateIn = (request: ReturnType<typeof ipp.parse>): HeldJob['template'] =>
  [request['job-attributes-tag'] ?? {}].flat()[0] ?? {}

/** A printer that speaks IPP by another library than the client's own codec, and fails as it is told to. */
export async function startResponder({ now, tls, password }: ResponderOptions): Promise<Responder> {
  let jobs: HeldJob[] = []
  let startedAt = new Date(now().getTime() - 3_600_000)
  const faults = new Map<string, (Fault | undefined)[]>()
  const asked: string[] = []
  const facts: Record<string, unknown> = {
    'document-format-supported': ['application/pdf', 'image/jpeg'],
    'printer-is-accepting-jobs': true,
    'printer-state-reasons': 'none',
    'sides-supported': ['one-sided', 'two-sided-long-edge', 'two-sided-short-edge'],
    'job-creation-attributes-supported': ['copies', 'sides', 'media-col'],
    'copies-supported': [[1, 999]],
  }
  const shown = ({ id, name, state, reasons }: HeldJob) => ({
    'job-id': id,
    'job-name': name,
    'job-state': state,
    'job-state-reasons': reasons,
  })
  const answer = (request: ReturnType<typeof ipp.parse>): Buffer => {
    const { id, operation: name = '' } = request
    const told = request['operation-attributes-tag'] ?? {}
    const ok = (more: object): Buffer =>
      ipp.serialize({ statusCode: 'successful-ok', id, 'operation-attributes-tag': operation, ...more })
    const no = (statusCode: string): Buffer => ipp.serialize({ statusCode, id, 'operation-attributes-tag': operation })
    const job = jobs.find((each) => each.id === told['job-id'])
    switch (name) {
      case 'Get-Printer-Attributes': {
        const upTime = Math.round((now().getTime() - startedAt.getTime()) / 1_000)
        return ok({ 'printer-attributes-tag': { ...facts, 'printer-up-time': upTime } })
      }
      case 'Get-Jobs': {
        const isOver = told['which-jobs'] === 'completed'
        const found = jobs.filter(({ state }) => over.includes(state) === isOver)
        return ok(found.length === 0 ? {} : { 'job-attributes-tag': found.map(shown) })
      }
      case 'Get-Job-Attributes':
        return job ? ok({ 'job-attributes-tag': shown(job) }) : no('client-error-not-found')
      case 'Print-Job': {
        const made: HeldJob = {
          id: jobs.length + 1,
          name: String(told['job-name']),
          template: templateIn(request),
          document: request.data ?? Buffer.alloc(0),
          state: 'pending',
          reasons: 'none',
        }
        jobs.push(made)
        return ok({ 'job-attributes-tag': shown(made) })
      }
      case 'Cancel-Job':
        if (job === undefined || over.includes(job.state)) return no('client-error-not-possible')
        job.state = 'canceled'
        return ok({})
      default:
        return no('server-error-operation-not-supported')
    }
  }
  const reply = (request: IncomingMessage, response: ServerResponse, body: Buffer): unknown => {
    const right = `Basic ${Buffer.from(`shop:${password}`).toString('base64')}`
    if (password !== undefined && request.headers.authorization !== right) return response.writeHead(401).end()
    const question = ipp.parse(body)
    const name = question.operation ?? ''
    asked.push(name)
    response.setHeader('content-type', 'application/ipp')
    const no = (statusCode: string) =>
      response.end(ipp.serialize({ statusCode, id: question.id, 'operation-attributes-tag': operation }))
    switch (faults.get(name)?.shift()) {
      case 'lose_reply':
        answer(question)
        return request.socket.destroy()
      case 'lose_request':
        return request.socket.destroy()
      case 'busy':
        return no('server-error-busy')
      case 'too_large':
        return no('client-error-request-entity-too-large')
      case 'unsupported':
        return no('client-error-attributes-or-values-not-supported')
      case 'garbage':
        return response.end(Buffer.from([1, 1, 0, 0, 0xff, 0xff, 0xff, 0xff, 1, 0x47, 0xff, 0xff, 0x80]))
      case 'html':
        return response.end('<html>Please log in</html>')
      case 'http_503':
        return response.writeHead(503).end()
      case undefined:
        return response.end(answer(question))
    }
  }
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => reply(request, response, Buffer.concat(chunks)))
  }
  const server = tls ? createTlsServer(tls, listener) : createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address: string | AddressInfo | null = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    url: `${tls ? 'ipps' : 'ipp'}://127.0.0.1:${port}/ipp/print`,
    get jobs() {
      return jobs
    },
    facts,
    asked,
    failNext: (name, ...told) => void faults.set(name, [...told]),
    set: (name, state, reasons = 'none') => {
      for (const job of jobs.filter((each) => each.name === name)) Object.assign(job, { state, reasons })
    },
    restart: (at) => {
      jobs = []
      startedAt = at
    },
    forget: () => {
      jobs = jobs.filter(({ state }) => !over.includes(state))
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
