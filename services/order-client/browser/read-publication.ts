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
 * read in the last thirty days. Undefined when there is no such publication, which is not asked again for a minute. Rejects when there
 * was no answer and nothing is kept. `limitMilliseconds` is for each of the two tries. Works where storage is forbidden, under a strict
 * Content-Security-Policy (`connect-src` names the CDN) and Trusted Types. One kilobyte when it is packed: test/loopback/order-client-browser.test.ts.
 */
export async function readPublication(
  address: string,
  limitMilliseconds = 1_500,
): Promise<PublicationReading | undefined> {
  const now = Date.now()
  const missing = `${name} 404 ${address}`
  if (now - Number(attempted(() => sessionStorage.getItem(missing))) < notFoundMilliseconds) return undefined
  const all: readonly Kept[] = attempted(() => JSON.parse(localStorage.getItem(name) ?? '').filter(Array.isArray)) ?? []
  const others = all.filter(([each]) => each !== address)
  const keep = (first: readonly Kept[]): void => {
    attempted(() => localStorage.setItem(name, JSON.stringify([...first, ...others].slice(0, mostKept))))
  }
  try {
    const document = await asked(address, limitMilliseconds).catch(async () => {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * longestPauseMilliseconds))
      return asked(address, limitMilliseconds)
    })
    keep(document ? [[address, now, document]] : [])
    if (document) return { document, isStale: false, ageSeconds: 0 }
    attempted(() => sessionStorage.setItem(missing, String(now)))
    return undefined
  } catch (error) {
    const kept = all.find(([each, at]) => each === address && now - at < longestKeptMilliseconds)
    if (!kept) throw error
    return { document: kept[2], isStale: true, ageSeconds: Math.round((now - kept[1]) / 1000) }
  }
}

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
