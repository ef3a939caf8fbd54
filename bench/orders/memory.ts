import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addressesFrom, listeners } from '../../local/platform/addresses.ts'
import { cloudEnvironment, queues, queueUrl } from '../../local/platform/cloud-environment.ts'
import { startPlatform } from '../../local/platform/start-platform.ts'
import { freePorts } from '../../local/supervisor/ports.ts'
import { idle } from './idle.ts'
import { startLoadProcess } from './load-process.ts'
import { openProcessQueue } from './process-queue.ts'
import { uploadPoster } from './upload-poster.ts'

export type MemoryOptions = {
  readonly folder: string
  /** Orders in all; looked at each tenth of it. */
  readonly orders: number
  readonly signal: AbortSignal
}

/** Resident memory of order-api after so many orders. */
export type Memory = { readonly samples: readonly { readonly orders: number; readonly residentMiB: number }[] }

const clients = 32
const looks = 10

/** Orders taken one after the other by one order-api, and what it holds of them. */
export async function measureMemory({ folder, orders, signal }: MemoryOptions): Promise<Memory> {
  const port = await freePorts(listeners.length)
  const platform = await startPlatform({ dataFolder: folder, port, without: idle }, signal)
  const addresses = addressesFrom(port)
  const queue = openProcessQueue(addresses.url('queue'), queueUrl(addresses, queues.process))
  const samples: { orders: number; residentMiB: number }[] = []
  const { secretKey } = platform.local
  const load = await startLoadProcess(join(import.meta.dirname, 'post-orders.ts'), {
    API_URL: addresses.url('order-api'),
    SECRET_KEY: secretKey,
    FILE_ID: await uploadPoster(platform.local, folder),
    ...cloudEnvironment(addresses),
  })
  try {
    const each = Math.ceil(orders / looks)
    for (let look = 1; look <= looks; look += 1) {
      signal.throwIfAborted()
      await load.round(each, clients)
      // The stand-in of the queue must not be what fills the machine.
      await queue.expect(each)
      samples.push({ orders: each * look, residentMiB: residentMiB(platform.pidOf('order-api')) })
    }
    return { samples }
  } finally {
    await load.close()
    queue.close()
    await platform.close()
  }
}

function residentMiB(pid: number | undefined): number {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Math.round(Number(kibibytes) / 1024)
}
