import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { idle } from '../../../bench/orders/idle.ts'
import { addressesFrom, listeners } from '../../../local/platform/addresses.ts'
import { forgetData } from '../../../local/platform/folders.ts'
import { startPlatform } from '../../../local/platform/start-platform.ts'
import { freePorts } from '../../../local/supervisor/ports.ts'
import type { ProductPromise } from '../promise.ts'
import { type Slowness, staySlowly } from './slow-sockets.ts'

const each = 400
const perSecond = 50
const mostStayMilliseconds = 15_000
const mostP99Milliseconds = 100
/** Longer than anybody may stay. */
const watchMilliseconds = 18_000
/** Not one of them takes part, nor do those that work behind the checkout. */
const without = [...idle, 'demo-shop', 'checkout-worker', 'payments']

/** Who is served while others are slow: a page, and an answer of the API. */
type Door = { readonly name: string; readonly origin: string; readonly path: string; readonly post: string }

/** P20: those who send slowly are sent away, and nobody else notices them. */
export const slowCallers: ProductPromise = {
  id: 'P20',
  guarantee: `${each} slow headers and ${each} slow bodies at once hold nobody up, at order-api and at the checkout`,
  run: async ({ signal, tell }) => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'printcloud-p20-'))
    try {
      const port = await freePorts(listeners.length)
      const platform = await startPlatform({ dataFolder, port, without }, signal)
      try {
        const { url } = addressesFrom(port)
        const key = `authorization: Bearer ${platform.local.secretKey}\r\n`
        const doors: readonly Door[] = [
          {
            name: 'order-api',
            origin: url('order-api'),
            path: '/v1/catalogue',
            post: `POST /v1/quotes HTTP/1.1\r\n${key}`,
          },
          {
            name: 'checkout',
            origin: url('button-checkout'),
            path: '/checkout/c/none',
            post: 'POST /checkout/prices HTTP/1.1\r\n',
          },
        ]
        const found: { readonly figure: string; readonly faults: readonly string[] }[] = []
        for (const door of doors) {
          tell(`P20: ${door.name}`)
          found.push(await besieged(door, signal))
        }
        return { figure: found.map(({ figure }) => figure).join('; '), faults: found.flatMap(({ faults }) => faults) }
      } finally {
        await platform.close()
      }
    } finally {
      await forgetData(dataFolder)
      await rm(dataFolder, { recursive: true, force: true })
    }
  },
}

async function besieged({ name, origin, path, post }: Door, signal: AbortSignal) {
  const json = 'host: a\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n'
  const slow: readonly Slowness[] = [
    { name: 'headers', beginning: `GET ${path} HTTP/1.1\r\nhost: a\r\n`, drip: 'x-more: y\r\n' },
    { name: 'bodies', beginning: `${post}${json}\r\n{`, drip: ' ' },
  ]
  await times(origin + path, 2, signal)
  const sieges = slow.map(async (kind) => ({ kind, stayed: await staySlowly(origin, kind, each, watchMilliseconds) }))
  const [served, ...ended] = await Promise.all([times(origin + path, watchMilliseconds / 1000, signal), ...sieges])
  const p99 = percentile(served, 0.99)
  const longest = Math.max(...ended.flatMap(({ stayed }) => stayed))
  const faults = [
    ...(p99 < mostP99Milliseconds ? [] : [`${name}: p99 of others was ${Math.round(p99)} ms`]),
    ...ended.flatMap(({ kind, stayed }) => {
      const late = stayed.filter((milliseconds) => milliseconds > mostStayMilliseconds).length
      return late === 0
        ? []
        : [`${name}: ${late} slow ${kind.name} stayed longer than ${mostStayMilliseconds / 1000} s`]
    }),
  ]
  const figure = `${name}: p99 of ${served.length} others ${p99.toFixed(1)} ms, slow ones closed after ${(longest / 1000).toFixed(1)} s`
  return { figure, faults }
}

/** How long answers took, asked for at an even pace whatever becomes of the ones before. No answer, or one of 5xx, is infinite. */
async function times(address: string, seconds: number, signal: AbortSignal): Promise<readonly number[]> {
  const asked = Array.from({ length: seconds * perSecond }, async (_, index) => {
    await wait((index * 1000) / perSecond, undefined, { signal })
    const beganAt = performance.now()
    const status = await fetch(address, { signal }).then(
      async (response) => {
        await response.arrayBuffer()
        return response.status
      },
      () => 503,
    )
    return status < 500 ? performance.now() - beganAt : Number.POSITIVE_INFINITY
  })
  return Promise.all(asked)
}

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.POSITIVE_INFINITY
