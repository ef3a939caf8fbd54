import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Edge } from './edge.ts'
import { sendProblem } from './problem.ts'

export const purgeMethod = 'PURGE'
/** Says how many answers were dropped. */
const purgedHeader = 'x-purged'

/** PURGE with the tags in `xkey-purge`, blanks between, as Varnish's xkey takes it. From this machine only. */
export function answerPurge(edge: Edge, request: IncomingMessage, response: ServerResponse): void {
  if (!isOfThisMachine(request.socket.remoteAddress)) {
    sendProblem(response, { code: 'forbidden', detail: 'Only this machine may purge.' })
    return
  }
  const header = request.headers['xkey-purge']
  const tags = (typeof header === 'string' ? header : '').split(/[\s,]+/).filter((tag) => tag !== '')
  if (tags.length === 0) {
    sendProblem(response, {
      code: 'invalid_request',
      detail:
        'PURGE wants the header xkey-purge with at least one tag, such as "xkey-purge: product:poster-a3 prices:eur".',
    })
    return
  }
  response.writeHead(200, { [purgedHeader]: String(edge.purge(tags)) }).end()
}

const isOfThisMachine = (address: string | undefined): boolean =>
  address !== undefined && /^(127\.|::1$|::ffff:127\.)/.test(address)
