import { join } from 'node:path'
import { twoAtATime } from '../pictures/two-at-a-time.ts'
import type { SourceFile } from '../sandbox/protocol.ts'
import type { Facts } from './facts.ts'
import { inspectImage } from './inspect-image.ts'
import { inspectPdf } from './inspect-pdf.ts'

/** Facts of each source, in their order. JPEGs go two at a time; what takes more memory goes alone among its like. */
export async function inspectSources(folder: string, sources: readonly SourceFile[]): Promise<readonly Facts[]> {
  let large: Promise<unknown> = Promise.resolve()
  return await twoAtATime(sources, async ({ file, format, unprovenAbovePx }) => {
    const path = join(folder, file)
    if (format === 'jpeg') return await inspectImage(path, format, unprovenAbovePx)
    const facts = large.then(() => (format === 'pdf' ? inspectPdf(path) : inspectImage(path, format)))
    // Told to whoever asks for it; the next one is looked at all the same.
    large = facts.catch(() => undefined)
    return await facts
  })
}
