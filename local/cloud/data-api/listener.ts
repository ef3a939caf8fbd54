import { Buffer } from 'node:buffer'
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Log } from '#chassis/log.ts'
import type { Admit } from './admission.ts'
import type { FaultSwitch } from './faults.ts'
import type { Operation } from './operations.ts'
import { readBody } from './read-body.ts'
import { requests } from './requests.ts'
import { ServiceError } from './service-error.ts'

export type Serving = {
  readonly operations: Readonly<Record<string, Operation>>
  readonly admit: Admit
  readonly faults: FaultSwitch
  readonly requestBytes: number
  readonly log: Log
}

/** Speaks the Data API's REST-JSON protocol: what is thrown as ServiceError is answered by name, all else is a logged 500. */
export function createListener(serving: Serving): RequestListener {
  return (request, response) => {
    void answer(serving, request, response).catch((error: unknown) => {
      if (!(error instanceof ServiceError)) serving.log.error({ err: error, path: request.url }, 'data_api_failed')
      sendError(response, error)
    })
  }
}

async function answer(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { operations, admit, faults } = serving
  const body = await readBody(request, serving.requestBytes)
  if (request.url === '/_local/faults') {
    if (request.method === 'POST') faults.set(requests.faults(body))
    return send(response, 200, faults.now())
  }
  const operation = operations[request.url ?? '']
  if (request.method !== 'POST' || !operation)
    throw new ServiceError('UnknownOperationException', `No operation ${request.method} ${request.url}`)
  admit(request.headers.authorization, body)
  const { isReplyLost } = await faults.strike()
  const result = await operation(body)
  if (isReplyLost) request.socket.destroy()
  else send(response, 200, result)
}

function sendError(response: ServerResponse, error: unknown): void {
  const told =
    error instanceof ServiceError ? error : new ServiceError('InternalServerErrorException', 'Internal error')
  send(response, told.status, { message: told.message }, { 'x-amzn-errortype': told.name })
}

function send(response: ServerResponse, status: number, result: object, headers: Record<string, string> = {}): void {
  const text = JSON.stringify(result)
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'x-amzn-requestid': randomUUID(),
    ...headers,
  })
  response.end(text)
}
