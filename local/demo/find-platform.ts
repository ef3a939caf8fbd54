import { setTimeout as wait } from 'node:timers/promises'
import { type LocalFile, readLocalFile } from '../platform/local-file.ts'
import { startPlatform } from '../platform/start-platform.ts'
import { isClaimed } from '../supervisor/claim.ts'

/** A platform to order from, and how to leave it. */
export type Found = { readonly local: LocalFile; readonly leave: () => Promise<void> }

const startsWithinMilliseconds = 60_000
const lookEveryMilliseconds = 100

/** The platform on `dataFolder`: the one that runs or is just starting, else one of our own that `leave` ends. */
export async function findPlatform(dataFolder: string, starting: () => void, abort: AbortSignal): Promise<Found> {
  const until = Date.now() + startsWithinMilliseconds
  while (isClaimed(dataFolder)) {
    const local = readLocalFile(dataFolder)
    if (local) return { local, leave: async () => undefined }
    if (Date.now() > until) throw new Error(`The platform on ${dataFolder} was not ready within 60 s`)
    await wait(lookEveryMilliseconds, undefined, { signal: abort })
  }
  starting()
  // Free ports: the usual ones may belong to a platform of another checkout.
  const platform = await startPlatform({ dataFolder, port: 0 }, abort)
  return { local: platform.local, leave: () => platform.close() }
}
