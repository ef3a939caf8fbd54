import { connect, type Socket } from 'node:net'

export type RawAnswer = { readonly status: number; readonly head: string; readonly body: string }
export type RawRequests = { readonly send: (request: string) => Promise<RawAnswer> }

type Waiting = {
  readonly request: string
  readonly answer: (answer: RawAnswer) => void
  readonly fail: (error: Error) => void
}

/**
 * Requests as bytes over kept connections, one at a time on each; those that find none free wait for one. An HTTP client costs as
 * much as the server that it loads, and on two cores that would be measured: this one costs a tenth. Answers must have a
 * Content-Length.
 */
export async function openRawRequests(origin: string, connections: number): Promise<RawRequests> {
  const { hostname, port } = new URL(origin)
  const waiting: Waiting[] = []
  const idle: ((next: Waiting) => void)[] = []
  const take = (work: (next: Waiting) => void): void => {
    const next = waiting.shift()
    if (next) work(next)
    else idle.push(work)
  }
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = connect(Number(port), hostname)
      socket.setNoDelay(true)
      await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
      serve(socket, take)
    }),
  )
  return {
    send: (request) =>
      new Promise((answer, fail) => {
        const work = idle.pop()
        const next = { request, answer, fail }
        if (work) work(next)
        else waiting.push(next)
      }),
  }
}

function serve(socket: Socket, take: (work: (next: Waiting) => void) => void): void {
  let current: Waiting | undefined
  let received = ''
  const work = (next: Waiting): void => {
    current = next
    received = ''
    socket.write(next.request)
  }
  socket.setEncoding('latin1')
  socket.on('data', (chunk) => {
    received += chunk
    const answer = whole(received)
    if (!answer || !current) return
    current.answer(answer)
    current = undefined
    take(work)
  })
  socket.on('error', (error) => current?.fail(error))
  socket.on('close', () => current?.fail(new Error('the connection was closed')))
  take(work)
}

function whole(received: string): RawAnswer | undefined {
  const headEnd = received.indexOf('\r\n\r\n')
  if (headEnd < 0) return undefined
  const head = received.slice(0, headEnd)
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN)
  if (Number.isNaN(length)) throw new Error(`An answer without a Content-Length: ${head}`)
  const body = received.slice(headEnd + 4)
  return body.length < length ? undefined : { status: Number(head.slice(9, 12)), head, body }
}
