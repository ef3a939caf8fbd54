import type { ByteSource } from './byte-source.ts'

const blockBytes = 1 << 18

/** Where `word` next stands in [from, to), -1 where it does not; reads block by block. */
export function findBytes(bytes: ByteSource, word: string, from: number, to = bytes.size): number {
  for (let at = from; at < to; at += blockBytes) {
    const block = bytes.read(at, Math.min(at + blockBytes + word.length - 1, to))
    const found = block.indexOf(word, 0, 'latin1')
    if (found >= 0) return at + found
  }
  return -1
}
