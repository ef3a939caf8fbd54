import { setTimeout as wait } from 'node:timers/promises'
import { Pool } from 'undici'

export type Replied = {
  readonly status: number
  readonly text: string
  readonly isReplayed: boolean
  /** How often it had to be sent. */
  readonly tries: number
}

const mostTries = 600
const pauseMilliseconds = 100
const mayPass = new Set([429, 500, 502, 503, 504])

export type Poster = {
  /** Sends until there is an answer that is one: an API that is being killed resets, refuses, and is away for a while. */
  readonly post: (body: object, key: string | undefined) => Promise<Replied>
  readonly close: () => Promise<void>
}

export function createPoster(apiUrl: string, secretKey: string): Poster {
  const pool = new Pool(apiUrl, { connections: 100, pipelining: 1 })
  const once = async (body: object, key: string | undefined): Promise<Omit<Replied, 'tries'>> => {
    const answer = await pool.request({
      method: 'POST',
      path: '/v1/orders',
      headers: {
        authorization: `Bearer ${secretKey}`,
        'content-type': 'application/json',
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      body: JSON.stringify(body),
    })
    const text = await answer.body.text()
    return { status: answer.statusCode, text, isReplayed: answer.headers['idempotent-replayed'] === 'true' }
  }
  return {
    post: async (body, key) => {
      for (let tries = 1; tries <= mostTries; tries += 1) {
        const answer = await once(body, key).catch(() => undefined)
        if (answer && !mayPass.has(answer.status)) return { ...answer, tries }
        await wait(pauseMilliseconds)
      }
      throw new Error(`No answer after ${mostTries} tries`)
    },
    close: () => pool.destroy(),
  }
}
