import { randomUUID } from 'node:crypto'
import { Pool } from 'undici'
import { posterByUrl } from '../../loopback/order-api/client.ts'
import type { ApiUnderTest } from '../../loopback/order-api/platform.ts'
import type { Named } from '../p11/access-table.ts'
import { makeTenant, type Tenant } from '../tenants.ts'
import { canaryOf, type Owner, type Sightings } from './sightings.ts'
import { accounts } from './steps.ts'

/** Something that somebody made; `isGone` once its owner may have removed it. */
export type Thing = {
  readonly kinds: readonly Named[]
  readonly ids: readonly string[]
  readonly owner: Owner
  isGone: boolean
}

export type Answer = { readonly status: number; readonly text: string; readonly headers: string }

type Call = {
  readonly method: string
  readonly path: string
  readonly body?: object
  /** Ids that the request names. */
  readonly asked?: readonly string[]
  readonly headers?: Readonly<Record<string, string>>
}

/** What the accounts of one run have, and how to call as one of them. Every answer is searched for what is not the caller's. */
export type World = {
  readonly things: Thing[]
  readonly call: (by: Owner, call: Call) => Promise<Answer>
  readonly counts: { requests: number; foreign: number; own: number }
  readonly close: () => Promise<void>
}

/** Headers that differ from answer to answer by their nature. */
const passing = ['x-request-id', 'date', 'ratelimit', 'keep-alive', 'connection']

export async function createWorld(api: ApiUnderTest, sightings: Sightings): Promise<World> {
  const tenants: Tenant[] = []
  for (let account = 0; account < accounts; account += 1) tenants.push(await makeTenant(api, `Account ${account}`))
  const pool = new Pool(api.url, { connections: 32 })
  const counts = { requests: 0, foreign: 0, own: 0 }
  const keyOf = ({ account, isTest }: Owner): string => {
    const tenant = tenants[account]
    return (isTest ? tenant?.test : tenant?.live) ?? ''
  }
  return {
    things: [],
    counts,
    call: async (by, { method, path, body, asked = [], headers = {} }) => {
      counts.requests += 1
      const response = await pool.request({
        method,
        path,
        headers: {
          authorization: `Bearer ${keyOf(by)}`,
          ...(method === 'GET' ? {} : { 'idempotency-key': randomUUID() }),
          ...(body ? { 'content-type': 'application/json' } : {}),
          ...headers,
        },
        body: body ? JSON.stringify(body) : null,
      })
      const text = await response.body.text()
      const leaks = sightings.leaksIn(by, text, asked)
      if (leaks.length > 0) throw new Error(`${method} ${path}: ${leaks.join('; ')}`)
      if (response.statusCode >= 500) throw new Error(`${method} ${path}: ${response.statusCode} ${text}`)
      const shown = Object.entries(response.headers).filter(([name]) => !passing.includes(name))
      return { status: response.statusCode, text, headers: JSON.stringify(shown) }
    },
    close: () => pool.close(),
  }
}

/** An order that carries its owner's canary wherever text can stand. */
export const orderOf = (owner: Owner): object => {
  const canary = canaryOf(owner)
  return posterByUrl({
    recipient: {
      name: canary,
      address: { line1: 'Oudegracht 1', city: 'Utrecht', postal_code: '3511 AA', country: 'NL' },
    },
    metadata: { canary },
  })
}
