import { setTimeout as wait } from 'node:timers/promises'
import type { Static, TSchema } from 'typebox'
import { Check } from 'typebox/value'
import { File, type FileRequest } from '#contracts/order-api/file.ts'
import { Order } from '#contracts/order-api/order.ts'
import { type OrderEventEntry, OrderEventList } from '#contracts/order-api/order-lists.ts'
import type { OrderRequest } from '#contracts/order-api/order-request.ts'
import { Problem } from '#contracts/order-api/problem.ts'
import { parse } from '#contracts/parse.ts'

/** The API said no: what, why and where, in its own words. */
export class ApiRefusal extends Error {
  override name = 'ApiRefusal'
  readonly problem: Problem

  constructor(problem: Problem) {
    const faults = (problem.errors ?? []).map(({ pointer, detail }) => `${pointer} ${detail}`)
    super([`${problem.title} (${problem.code}). ${problem.detail}`, ...faults].join('\n  '))
    this.problem = problem
  }
}

const triesWithin = 6
const answerWithinMilliseconds = 30_000

/** The few calls of the public API that the demo makes. */
export type Api = {
  readonly announceFile: (file: FileRequest) => Promise<File>
  readonly placeOrder: (order: OrderRequest, idempotencyKey: string) => Promise<Order>
  readonly order: (id: string) => Promise<Order>
  readonly events: (id: string) => Promise<readonly OrderEventEntry[]>
}

/** A caller of the API at `baseUrl`; tries again when the API says that this may help. */
export function createApi(baseUrl: string, secretKey: string): Api {
  const call = async <S extends TSchema>(schema: S, path: string, body?: unknown, key?: string) => {
    const answer = await withRetries(() =>
      fetch(`${baseUrl}${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          authorization: `Bearer ${secretKey}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(key === undefined ? {} : { 'idempotency-key': key }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(answerWithinMilliseconds),
      }),
    )
    return read(schema, path, answer)
  }
  return {
    announceFile: (file) => call(File, '/v1/files', file),
    placeOrder: (order, key) => call(Order, '/v1/orders', order, key),
    order: (id) => call(Order, `/v1/orders/${id}`),
    events: async (id) => (await call(OrderEventList, `/v1/orders/${id}/events`)).data,
  }
}

async function read<S extends TSchema>(schema: S, path: string, answer: Response): Promise<Static<S>> {
  const body: unknown = await answer.json()
  if (answer.ok) return parse(path, schema, body)
  if (Check(Problem, body)) throw new ApiRefusal(body)
  throw new Error(`${path} answered ${answer.status} without saying why`)
}

/** Every call here may be sent twice: reads, announcements of files (one is left unused), orders with their key. */
async function withRetries(send: () => Promise<Response>): Promise<Response> {
  for (let tries = 1; ; tries += 1) {
    try {
      const answer = await send()
      if (answer.status < 500 || tries === triesWithin) return answer
      await answer.body?.cancel()
    } catch (error) {
      if (tries === triesWithin) throw error
    }
    await wait(100 * 2 ** tries)
  }
}
