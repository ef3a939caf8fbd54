import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Transient } from '#chassis/errors.ts'
import { decodeMessage } from './decode-message.ts'
import { encodeMessage } from './encode-message.ts'
import type { IppGroup, IppMessage } from './message.ts'

export type PrinterAddress = {
  /** ipp, ipps, http or https. */
  readonly url: string
  readonly user?: string
  readonly password?: string
  /** Who vouches for the printer's certificate, PEM; without it the authorities that Node knows. */
  readonly ca?: string
  readonly signal: AbortSignal
}

/** The printer may have heard the request, and what it made of it nobody knows. */
export class Unclear extends Transient {
  override name = 'Unclear'
}

/** The printer was asked for something, and said so itself that it did nothing: an HTTP status. */
export class Unanswered extends Transient {
  override name = 'Unanswered'
}

export type Connection = {
  /** Asks the printer; a document's file follows the request. Throws Unanswered where nothing came of it, Unclear where something may have. */
  readonly ask: (code: number, groups: readonly IppGroup[], documentPath?: string) => Promise<IppMessage>
  /** As the printer's attributes name it. */
  readonly printerUri: string
}

/** Without a byte to or from the printer for so long a request is given up. */
const silenceMilliseconds = 30_000
const mostAnswerBytes = 8 * 1024 * 1024
const ippPort = 631

export function createConnection(address: PrinterAddress): Connection {
  const { url, isSecure, printerUri } = readAddress(address.url)
  let requestId = 0
  return {
    printerUri,
    ask: async (code, groups, documentPath) => {
      requestId = (requestId % 0x7fffffff) + 1
      const head = encodeMessage({ code, requestId, groups })
      const answer = decodeMessage(await exchange(address, url, isSecure, head, documentPath))
      if (answer.requestId !== requestId) throw new Unclear('The printer answered another question than it was asked')
      return answer
    },
  }
}

function readAddress(text: string) {
  const given = new URL(text)
  const isSecure = given.protocol === 'ipps:' || given.protocol === 'https:'
  const isIpp = given.protocol.startsWith('ipp')
  const url = new URL(text.replace(/^[a-z]+:/, isSecure ? 'https:' : 'http:'))
  if (isIpp && given.port === '') url.port = String(ippPort)
  const port = url.port === '' ? (isSecure ? 443 : 80) : url.port
  const printerUri = `${isSecure ? 'ipps' : 'ipp'}://${url.hostname}:${port}${url.pathname}`
  return { url, isSecure, printerUri }
}

async function exchange(
  { user, password = '', ca, signal }: PrinterAddress,
  url: URL,
  isSecure: boolean,
  head: Buffer,
  documentPath: string | undefined,
): Promise<Buffer> {
  const size = documentPath === undefined ? 0 : (await stat(documentPath)).size
  const options = {
    method: 'POST',
    headers: { 'content-type': 'application/ipp', 'content-length': head.length + size },
    timeout: silenceMilliseconds,
    signal,
    agent: false as const,
    ...(user === undefined ? {} : { auth: `${user}:${password}` }),
    ...(isSecure && ca !== undefined ? { ca } : {}),
  }
  const sending = (isSecure ? tlsRequest : plainRequest)(url, options)
  let isConnected = false
  sending.once('socket', (socket) => socket.once(isSecure ? 'secureConnect' : 'connect', () => (isConnected = true)))
  sending.once('timeout', () => sending.destroy(new Error('silent for too long')))
  const answered = answerOf(sending)
  try {
    const [answer] = await Promise.all([answered, pipeline(Readable.from(bodyOf(head, documentPath)), sending)])
    return answer
  } catch (cause) {
    sending.destroy()
    // A printer that refuses early closes while the document is still on its way: its answer counts.
    const early = await answered.catch((reason) => (reason instanceof HttpStatus ? reason : undefined))
    if (Buffer.isBuffer(early)) return early
    throw translated(early ?? cause, isConnected, url)
  }
}

async function* bodyOf(head: Buffer, documentPath: string | undefined): AsyncGenerator<Buffer> {
  yield head
  if (documentPath !== undefined) yield* createReadStream(documentPath)
}

function answerOf(sending: ReturnType<typeof plainRequest>): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    sending.once('error', reject)
    sending.once('close', () => reject(new Error('The connection was closed')))
    sending.once('response', (response) => {
      const { statusCode = 0 } = response
      if (statusCode !== 200) {
        response.resume()
        return reject(new HttpStatus(statusCode))
      }
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
        chunks.push(chunk)
        if (size > mostAnswerBytes) response.destroy(new Error('the answer has no end'))
      })
      response.once('error', reject)
      response.once('end', () => resolve(Buffer.concat(chunks)))
    })
  })
}

class HttpStatus extends Error {
  readonly status: number
  constructor(status: number) {
    super(`HTTP status ${status}`)
    this.status = status
  }
}

function translated(cause: unknown, isConnected: boolean, url: URL): Unclear | Unanswered {
  const reason = cause instanceof Error ? cause.message : String(cause)
  const place = url.host
  if (cause instanceof HttpStatus) {
    const { status } = cause
    if (status === 401) return new Unanswered(`The printer ${place} asks who it is: give user and password`, { cause })
    if (status < 500)
      return new Unanswered(`The printer ${place} takes nothing at ${url.pathname}: ${reason}`, { cause })
    if (status === 503) return new Unanswered(`The printer ${place} is busy: ${reason}`, { cause })
  }
  if (!isConnected) return new Unanswered(`The printer ${place} is not to be reached: ${reason}`, { cause })
  return new Unclear(`The printer ${place} did not answer to the end: ${reason}`, { cause })
}
