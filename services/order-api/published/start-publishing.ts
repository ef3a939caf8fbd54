import { repeat } from '#chassis/repeat.ts'
import type { Running } from '#chassis/run.ts'
import { createBell } from '../webhooks/bell.ts'
import { checkDocuments } from './check/check-documents.ts'
import { holdRelease, prepareRelease } from './prepare-release.ts'
import type { Publishing } from './publishing.ts'
import { dropOwed } from './purge/drop-owed.ts'
import type { Release } from './read/release.ts'
import { claimSeal, sealSales } from './sales/seal-sales.ts'
import { publishDocuments } from './write/publish-documents.ts'

/** Between two looks: while there is news, and after a while without. */
const newsMilliseconds = 250
const quietMilliseconds = 1_000
/** So many looks without news make it quiet. */
const quietAfterRounds = 40
const dropEveryMilliseconds = 1_000
const holdEveryMilliseconds = 20_000
const checkEveryMilliseconds = 3_600_000

type Publisher = Running & {
  /** Looks at once: there is something to be published. */
  readonly look: () => void
}

/** Publishes documents until `signal` aborts; `drain` waits for what is in hand. Any number of workers may do so. */
export function startPublishing(publishing: Publishing, signal: AbortSignal): Publisher {
  const bell = createBell()
  const { log } = publishing
  const release = releaseOnce(publishing)
  const regularly = (name: string, everyMilliseconds: number, work: () => Promise<unknown>) =>
    repeat({ name, everyMilliseconds, signal, log, work: async () => void (await work()) })
  const working = [
    keepPublishing(publishing, release, bell, signal),
    regularly('drop_documents', dropEveryMilliseconds, () => dropOwed(publishing)),
    regularly('hold_release', holdEveryMilliseconds, async () => holdRelease(publishing, await release())),
    regularly('seal_sales', checkEveryMilliseconds, sealing(publishing)),
    regularly('check_documents', checkEveryMilliseconds, async () =>
      checkDocuments(publishing, await release(), { isRepair: true, signal }),
    ),
  ]
  return { look: bell.ring, drain: async () => void (await Promise.all(working)) }
}

/** The release is prepared by whoever asks first, and again where that failed. */
function releaseOnce(publishing: Publishing): () => Promise<Release> {
  let release: Promise<Release> | undefined
  return () => {
    release ??= prepareRelease(publishing).catch((error: unknown) => {
      release = undefined
      throw error
    })
    return release
  }
}

/** The first time it says which key seals, as this worker knows it. */
function sealing({ keyring, ...parts }: Publishing): () => Promise<void> {
  let isClaimed = false
  return async () => {
    if (keyring === undefined) return
    if (!isClaimed) await claimSeal({ ...parts, keyring })
    isClaimed = true
    await sealSales({ ...parts, keyring })
  }
}

async function keepPublishing(
  publishing: Publishing,
  release: () => Promise<Release>,
  bell: ReturnType<typeof createBell>,
  signal: AbortSignal,
): Promise<void> {
  let quietRounds = 0
  while (!signal.aborted) {
    try {
      const taken = await publishDocuments(publishing, await release())
      quietRounds = taken > 0 ? 0 : quietRounds + 1
      if (taken > 0) continue
    } catch (error) {
      publishing.log.warn({ err: error }, 'publishing_failed')
    }
    await bell.heard(quietRounds < quietAfterRounds ? newsMilliseconds : quietMilliseconds, signal)
  }
}
