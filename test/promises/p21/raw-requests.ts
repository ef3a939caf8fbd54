import { connect, type Socket } from 'node:net'

export type RawAnswer = { readonly status: number; readonly head: string; readonly body: string }
export type RawRequests = { readonly send: (request: string) => Promise<RawAnswer>; readonly close: () => void }

type Waiting = {
  readonly request: string
  readonly answer: (answer: RawAnswer) => void
  readonly fail: (error: Error) => void
}

type Line = { readonly isOpen: () => boolean; readonly work: (next: Waiting) => void }

const answerWithinMilliseconds = 30_000

/**
 * Requests as bytes over kept connections, one at a time on each; those that find none free wait for one. An HTTP client costs as
 * much as the server that it loads, and on two cores that would be measured: this one costs a tenth. Answers must have a
 * Content-Length; a connection that the server closed is opened again.
 */
export async function openRawRequests(origin: string, connections: number): Promise<RawRequests> {
  const { hostname, port } = new URL(origin)
  const waiting: Waiting[] = []
  const idle: Line[] = []
  const sockets = new Set<Socket>()
  let isClosed = false
  const free = (line: Line): void => {
    const next = waiting.shift()
    if (next) line.work(next)
    else idle.push(line)
  }
  const open = async (): Promise<void> => {
    const socket = connect(Number(port), hostname)
    socket.setNoDelay(true)
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
    sockets.add(socket)
    socket.once('close', () => {
      sockets.delete(socket)
      if (!isClosed) void open().catch(() => undefined)
    })
    free(lineOn(socket, free))
  }
  await Promise.all(Array.from({ length: connections }, open))
  return {
    send: (request) =>
      new Promise((answer, fail) => {
        const next = { request, answer, fail }
        let line = idle.pop()
        while (line && !line.isOpen()) line = idle.pop()
        if (line) line.work(next)
        else waiting.push(next)
      }),
    close: () => {
      isClosed = true
      for (const socket of sockets) socket.destroy()
    },
  }
}

function lineOn(socket: Socket, free: (line: Line) => void): Line {
  let current: Waiting | undefined
  let received = ''
  const line: Line = {
    isOpen: () => !socket.destroyed && socket.writable,
    work: (next) => {
      current = next
      received = ''
      socket.setTimeout(answerWithinMilliseconds)
      socket.write(next.request)
    },
  }
  const end = (words: string): void => {
    current?.fail(new Error(words))
    current = undefined
    socket.destroy()
  }
  socket.setEncoding('latin1')
  socket.on('data', (chunk) => {
    received += chunk
    const answer = current && whole(received)
    if (!answer || !current) return
    current.answer(answer)
    current = undefined
    socket.setTimeout(0)
    free(line)
  })
  socket.on('timeout', () => end('no answer in time'))
  socket.on('error', (error) => end(error.message))
  socket.on('close', () => end('the connection was closed'))
  return line
}

function whole(received: string): RawAnswer | undefined {
  const headEnd = received.indexOf('\r\n\r\n')
  if (headEnd < 0) return undefined
  const head = received.slice(0, headEnd)
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0)
  const body = received.slice(headEnd + 4)
  return body.length < length ? undefined : { status: Number(head.slice(9, 12)), head, body }
}
