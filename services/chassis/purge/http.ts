import { Transient } from '../errors.ts'
import { chunksOf, type Purge } from './purge.ts'

const withinMilliseconds = 5_000
/** Fits into the smallest limit of a header that caches have by default: 8 KiB in Varnish. */
const mostTagsAtOnce = 25

/**
 * Drops tags at a cache that takes `PURGE` with the header `xkey-purge`: Varnish with the xkey module, the local front door. Tags have no
 * spaces, which stand between them there.
 */
export const createHttpPurge =
  (url: string): Purge =>
  async (tags) => {
    for (const chunk of chunksOf([...new Set(tags)].sort(), mostTagsAtOnce)) {
      const response = await fetch(url, {
        method: 'PURGE',
        headers: { 'xkey-purge': chunk.join(' ') },
        signal: AbortSignal.timeout(withinMilliseconds),
      }).catch((cause: unknown) => {
        throw new Transient(`The cache at ${url} does not answer`, { cause })
      })
      await response.body?.cancel()
      if (!response.ok) throw new Transient(`The cache at ${url} did not drop tags: it answers ${response.status}`)
    }
  }
