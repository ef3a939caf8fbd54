import type { PublicationDocument } from '../contract-types.ts'

/** What a button shows, and how old it is. */
export type PublicationReading = {
  readonly document: PublicationDocument
  /** The CDN did not answer, and this is what this browser read before. */
  readonly isStale: boolean
  /** Since it was read. */
  readonly ageSeconds: number
}

type Kept = readonly [address: string, readAtEpochMs: number, document: PublicationDocument]

/** The page's own storage is a guest room: one entry, of so many publications. */
const name = 'printcloud'
const mostKept = 30
const longestKeptMilliseconds = 30 * 86_400_000
const notFoundMilliseconds = 60_000
const longestPauseMilliseconds = 500

/**
 * Reads a publication's document for a page, also when nothing of ours answers: one new try after a random pause, then what this browser
 * read in the last thirty days; at once, where that is at hand and the first try took its whole time. Undefined when there is no such
 * publication, which is not asked again for a minute. Rejects when there was no answer and nothing is kept. `limitMilliseconds` is for
 * each of the two tries. Works where storage is forbidden, under a strict Content-Security-Policy (`connect-src` names the CDN) and
 * Trusted Types. A test holds it below one kilobyte, packed.
 */
export async function readPublication(
  address: string,
  limitMilliseconds = 1_500,
): Promise<PublicationReading | undefined> {
  const now = Date.now()
  const missing = `${name} 404 ${address}`
  const missedAt = Number(attempted(() => sessionStorage.getItem(missing)))
  if (Math.abs(now - missedAt) < notFoundMilliseconds) return undefined
  const spare = allKept().find(([each, at]) => each === address && now - at < longestKeptMilliseconds)
  try {
    const document = await asked(address, limitMilliseconds).catch(async (error) => {
      if (spare && error.name === 'AbortError') throw error
      await new Promise((resolve) => setTimeout(resolve, Math.random() * longestPauseMilliseconds))
      return asked(address, limitMilliseconds)
    })
    // Read again: another button of the page may have kept its own meanwhile.
    const others = allKept().filter(([each]) => each !== address)
    const kept = document ? [[address, now, document], ...others] : others
    attempted(() => localStorage.setItem(name, JSON.stringify(kept.slice(0, mostKept))))
    if (document) return { document, isStale: false, ageSeconds: 0 }
    attempted(() => sessionStorage.setItem(missing, String(now)))
    return undefined
  } catch (error) {
    if (!spare) throw error
    return { document: spare[2], isStale: true, ageSeconds: Math.max(0, Math.round((now - spare[1]) / 1000)) }
  }
}

/** The last one read first. What the page or a visitor has spoilt counts as nothing. */
const allKept = (): readonly Kept[] =>
  attempted(() =>
    JSON.parse(localStorage.getItem(name) ?? '').filter((each: unknown) => isPublication(Object(each)[2])),
  ) ?? []

/** The document; undefined when there is none; rejects when that is not known. */
async function asked(address: string, limitMilliseconds: number): Promise<PublicationDocument | undefined> {
  const stopping = new AbortController()
  const timer = setTimeout(() => stopping.abort(), limitMilliseconds)
  try {
    const answer = await fetch(address, { signal: stopping.signal })
    if (answer.status === 404) return undefined
    const document: unknown = await answer.json()
    if (answer.ok && isPublication(document)) return document
    throw new Error(`${address}: ${answer.status}`)
  } finally {
    clearTimeout(timer)
  }
}

/** A hotel's log-in page may answer 200 as well. */
const isPublication = (value: unknown): value is PublicationDocument => Object(value).object === 'publication'

/** Storage throws where it is full or forbidden, as in private windows. */
function attempted<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
