import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'

export type Read = {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
  readonly text: string
  /** Hit, Miss, Stale or Error. */
  readonly cache: string
}

/** One request as it is: fetch would tidy the path and unpack the body. */
export function read(url: string, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Read> {
  return new Promise((resolve, reject) => {
    httpRequest(url, { path, method, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.once('end', () => {
        const body = Buffer.concat(chunks)
        const cache = String(response.headers['x-cache'])
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body, text: body.toString(), cache })
      })
    })
      .once('error', reject)
      .end()
  })
}

/** The status of whatever these bytes are answered with; 0 when the connection is closed without a word. */
export function rawStatus(url: string, bytes: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    const socket = connect(Number(port), hostname, () => socket.write(Buffer.from(bytes, 'latin1')))
    let text = ''
    const done = () => {
      socket.destroy()
      resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0))
    }
    socket.on('data', (data) => {
      text += data.toString('latin1')
      if (/^HTTP\/1\.1 \d+/.test(text)) done()
    })
    socket.once('end', done)
    socket.once('error', (error) => ('code' in error && error.code === 'ECONNRESET' ? done() : reject(error)))
  })
}
