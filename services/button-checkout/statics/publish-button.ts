import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '#chassis/log.ts'
import { createPurge } from '#chassis/purge/create-purge.ts'
import type { Purge } from '#chassis/purge/purge.ts'
import type { CheckoutWorkerEnvironment } from '#contracts/environment.ts'
import { buttonVersion } from '../button/version.ts'
import { buttonTag, evergreenObjects, releasedObjects } from './button-objects.ts'
import { type ButtonStore, lookAt, putNewer, putOnce } from './put-newer.ts'
import { type StoresConfig, storesOf } from './stores-of.ts'

type Config = StoresConfig &
  Pick<CheckoutWorkerEnvironment, 'BUTTON_FILE' | 'CHECKOUT_URL' | 'PURGE_URLS' | 'CDN_DISTRIBUTION_ID'>

const longestPauseMilliseconds = 60_000

/**
 * Puts the button of this release where pages load it, in both buckets, and drops the one before from the caches. Tries until it is done or
 * `signal` aborts; never rejects: a worker that cannot publish still does its other work. Any number of workers may do this at once.
 */
export async function publishButton(config: Config, log: Log, signal: AbortSignal): Promise<void> {
  const stores = storesOf(config)
  const purge = createPurge(config)
  for (let pause = 1_000; !signal.aborted; pause = Math.min(2 * pause, longestPauseMilliseconds)) {
    try {
      const built = await readFile(config.BUTTON_FILE, 'utf8')
      await putButton({ built, version: buttonVersion, checkoutUrl: config.CHECKOUT_URL, stores, purge, log }, signal)
      return
    } catch (error) {
      if (signal.aborted) return
      log.warn({ err: error }, 'button_not_published')
      await wait(pause, undefined, { signal }).catch(() => undefined)
    }
  }
}

export type Button = {
  /** The file as it was built. */
  readonly built: string
  readonly version: string
  readonly checkoutUrl: string
  /** The first one is what the CDN reads as long as it is there. */
  readonly stores: readonly ButtonStore[]
  readonly purge: Purge | undefined
  readonly log: Log
}

/**
 * Once. The caches are told after each store, also when nothing was put: whoever put it may have ended before it told them. A fetch that was
 * under way meanwhile is dropped by the second time.
 */
export async function putButton(button: Button, signal: AbortSignal): Promise<void> {
  const { built, version, stores, purge, log } = button
  const released = await releasedObjects(built, version)
  const evergreen = await evergreenObjects(built, button.checkoutUrl, version)
  for (const store of stores) {
    await Promise.all(released.map((object) => release(store, object, log, signal)))
    const outcomes = await Promise.all(evergreen.map((object) => putNewer(store, object, signal)))
    await purge?.([buttonTag], randomUUID())
    log.info(
      { version, bucket: store.bucket, put: outcomes.filter((each) => each === 'put').length },
      'button_published',
    )
  }
}

type Released = Parameters<typeof putOnce>[1]

/** A release never changes; another button under its number is a fault of whoever made it, and is told. */
async function release(store: ButtonStore, object: Released, log: Log, signal: AbortSignal): Promise<void> {
  if ((await putOnce(store, object, signal)) === 'put') return
  const lying = await lookAt(store, object.Key, signal)
  const differs = lying !== undefined && lying.sha256 !== object.Metadata['button-sha256']
  if (differs) log.error({ key: object.Key, bucket: store.bucket }, 'button_version_reused')
}
