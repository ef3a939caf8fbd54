import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { parse } from '#contracts/parse.ts'
import { posterOrder } from '../../bench/orders/poster-order.ts'
import type { Caller } from '../world/publications.ts'

const Seen = Type.Object({
  id: Type.String(),
  stage: Type.String(),
  items: Type.Array(Type.Object({ job_id: Type.Optional(Type.String()) })),
})

/** What an account knows of its own orders: kept by the drill alone, and never read from the system. */
export function createLedger(fileId: string) {
  /** Key → the id that the last answer named. */
  const accepted = new Map<string, string>()

  const place = async (caller: Caller, key: string = randomUUID()): Promise<void> => {
    const response = await fetch(`${caller.apiUrl}/v1/orders`, {
      method: 'POST',
      headers: { ...headersOf(caller), 'idempotency-key': key },
      body: JSON.stringify(posterOrder(fileId)),
    })
    const text = await response.text()
    if (response.status !== 201) throw new Error(`POST /v1/orders: ${response.status} ${text.slice(0, 300)}`)
    accepted.set(key, parse('order', Seen, JSON.parse(text)).id)
  }
  const look = async (caller: Caller, id: string) => {
    const response = await fetch(`${caller.apiUrl}/v1/orders/${id}`, { headers: headersOf(caller) })
    const text = await response.text()
    return response.ok ? parse('order', Seen, JSON.parse(text)) : undefined
  }
  return {
    count: () => accepted.size,
    placeSome: async (caller: Caller, count: number): Promise<void> => {
      for (let each = 0; each < count; each += 1) await place(caller)
    },
    /** Orders that are not delivered, or not there at all. */
    undelivered: async (caller: Caller): Promise<number> => {
      const seen = await Promise.all([...accepted.values()].map((id) => look(caller, id)))
      return seen.filter((order) => order?.stage !== 'delivered').length
    },
    /** Sends every order again that the API does not know any more, with its own key; says how many. */
    sendLostAgain: async (caller: Caller): Promise<number> => {
      let lost = 0
      for (const [key, id] of accepted) {
        if (await look(caller, id)) continue
        lost += 1
        await place(caller, key)
      }
      return lost
    },
  }
}

const headersOf = ({ secretKey }: Caller) => ({
  authorization: `Bearer ${secretKey}`,
  'content-type': 'application/json',
})
