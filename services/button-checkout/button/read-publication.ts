import type { PublicationDocument } from '../../order-client/contract-types.ts'

/** All buttons of a page that stand for the same share what was read, for a minute. */
const shared = new Map<string, Promise<PublicationDocument | undefined>>()

/**
 * A publication's document from the CDN or, when it does not answer, from what this browser has of it, however old: the browser's own cache of
 * answers, so that nothing is put into the page's storage. Undefined when there is none, or no way to know; never rejects.
 */
export function readPublication(address: string): Promise<PublicationDocument | undefined> {
  const reading =
    shared.get(address) ||
    ask(address)
      .catch(() => ask(address, 'force-cache'))
      .catch(() => undefined)
  shared.set(address, reading)
  setTimeout(() => shared.delete(address), 60_000)
  return reading
}

/** Rejects for what is no publication: an error, a hotel's log-in page, nothing within 2 s (browsers since 2022). */
async function ask(address: string, cache?: RequestCache): Promise<PublicationDocument> {
  const answer = await fetch(address, { cache, signal: AbortSignal.timeout?.(2_000) })
  const document: PublicationDocument = await answer.json()
  if (document.object !== 'publication') throw document
  return document
}
