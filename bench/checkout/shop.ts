import { setTimeout as wait } from 'node:timers/promises'
import { Type } from 'typebox'
import { parse } from '#contracts/parse.ts'
import { localFacilities } from '../../local/facilities.ts'
import { addressesFrom, listeners } from '../../local/platform/addresses.ts'
import { printClientName } from '../../local/platform/processes.ts'
import { startPlatform } from '../../local/platform/start-platform.ts'
import { freePorts } from '../../local/supervisor/ports.ts'

/** A platform that sells one magazine; nobody prints. */
export type Shop = {
  /** The checkout itself, without the front door. */
  readonly checkoutUrl: string
  readonly tableUrl: string
  /** Of the front door: what visitors see. */
  readonly siteUrl: string
  readonly publication: string
  readonly pidOf: (name: string) => number | undefined
  readonly close: () => Promise<void>
}

const magazine = {
  title: 'Harbour Lights',
  content: { kind: 'url', url: 'https://example.com/harbour-lights.pdf', pages: 48 },
  offers: [{ sku: 'magazine-a4', margin: { percent: 20 } }, { sku: 'softcover-a5' }],
  ...{ currency: 'EUR', country: 'NL', publish: true },
}
const withinMilliseconds = 60_000

export async function openShop(dataFolder: string, signal: AbortSignal): Promise<Shop> {
  const port = await freePorts(listeners.length)
  const addresses = addressesFrom(port)
  const without = ['processor', 'simulated-shop', ...localFacilities.map(({ id }) => printClientName(id))]
  const platform = await startPlatform({ dataFolder, port, without }, signal)
  try {
    const { apiUrl, secretKey, baseUrl } = platform.local
    const response = await fetch(`${apiUrl}/v1/publications`, {
      method: 'POST',
      headers: {
        ...{ authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
        'idempotency-key': crypto.randomUUID(),
      },
      body: JSON.stringify(magazine),
    })
    const { id } = parse('publication', Type.Object({ id: Type.String() }), await response.json())
    const checkoutUrl = addresses.url('button-checkout')
    await sold(`${checkoutUrl}/checkout?publication=${id}`, signal)
    return {
      ...{ checkoutUrl, publication: id, siteUrl: baseUrl, pidOf: platform.pidOf, close: () => platform.close() },
      tableUrl: addresses.url('document-store'),
    }
  } catch (error) {
    await platform.close()
    throw error
  }
}

/** Until it is published. */
async function sold(page: string, signal: AbortSignal): Promise<void> {
  const end = performance.now() + withinMilliseconds
  while (performance.now() < end) {
    const { ok, body } = await fetch(page)
    await body?.cancel()
    if (ok) return
    await wait(100, undefined, { signal })
  }
  throw new Error('The publication is not sold')
}
