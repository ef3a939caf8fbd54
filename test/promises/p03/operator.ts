import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ClientProcess } from '../facility/client-process.ts'
import type { World } from '../facility/install.ts'
import type { PrintShop } from '../facility/print-shop.ts'

/** The person who is told of held jobs: looks whether the shop has one, and says so or releases it. Keeps what was said of every job. */
export function createOperator(world: World, shop: PrintShop, clients: readonly ClientProcess[]) {
  const said = new Map<string, Set<string>>()
  const decided = new Set<string>()
  let held = 0
  let files = 0

  const sayPrinted = (jobId: string, statusFolder: string): void => {
    files += 1
    const path = join(statusFolder, `${String(files).padStart(6, '0')}.json`)
    writeFileSync(`${path}.tmp`, JSON.stringify({ jobId, status: 'printed' }))
    renameSync(`${path}.tmp`, path)
  }

  const decide = async (jobId: string): Promise<void> => {
    shop.look()
    const printed = shop.has(jobId)
    if (printed) return sayPrinted(jobId, printed.from.statusFolder)
    for (const client of clients) if ((await client.command('release', jobId)) === 0) return
  }

  /** Hears what is on the status queue, and decides what is held. */
  const listen = async (): Promise<void> => {
    for (const { jobId, status, statusId } of await world.statuses()) {
      said.set(jobId, (said.get(jobId) ?? new Set()).add(status))
      if (status !== 'held' || decided.has(statusId)) continue
      decided.add(statusId)
      held += 1
      await decide(jobId)
    }
  }
  return {
    listen,
    held: () => held,
    /** Jobs of which the queue never said that the shop has them. */
    unsaid: (jobIds: readonly string[]) =>
      jobIds.filter((jobId) => !said.get(jobId)?.has('accepted') && !said.get(jobId)?.has('printed')),
    failed: () => [...said].filter(([, words]) => words.has('failed')).map(([jobId]) => jobId),
  }
}
