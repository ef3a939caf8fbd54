import { createHash } from 'node:crypto'
import type { Digests } from './body-digests.ts'
import { type ChecksumAlgorithm, startChecksum } from './checksum.ts'

/** Bytes that are already ours, with their digests computed on the way. */
export function digested(
  source: AsyncIterable<Buffer>,
  algorithm: ChecksumAlgorithm | undefined,
): { readonly bytes: () => AsyncGenerator<Buffer>; readonly digests: () => Digests } {
  const md5 = createHash('md5')
  const checksum = algorithm && startChecksum(algorithm)
  return {
    async *bytes() {
      for await (const chunk of source) {
        md5.update(chunk)
        checksum?.update(chunk)
        yield chunk
      }
    },
    digests: () => ({
      md5: md5.digest(),
      checksum: algorithm && checksum && { algorithm, value: checksum.digest().toString('base64') },
    }),
  }
}
