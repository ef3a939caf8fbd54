import type { ByteSource } from '../pdf/byte-source.ts'
import type { FarNote } from './far-note.ts'
import { type AskedRange, mostRangeBytes } from './frames.ts'

/** Objects lie far apart and their heads are short: what is fetched with one is mostly a neighbour's data. */
const blockBytes = 1 << 13
/** 32 MiB. */
const mostBlocks = 4096
/** With a block that was expected come the next expected ones, 4 MiB of them: one wait instead of five hundred. */
const mostAheadBlocks = 512
/** A gap of so many blocks costs less than another request. */
const mostGapBlocks = 4
const mostRunBlocks = mostRangeBytes / blockBytes
/** Longer reads are passed on and not kept. */
const longestKeptBytes = 1 << 24
/** A head as the reader opens it, and the end of what stands before it. */
const headBytes = 2048
const beforeHeadBytes = 64

export type FarBytes = ByteSource & {
  readonly expect: (places: readonly number[]) => void
  readonly close: () => void
}

/** A source in the store, read by ranges that `ask` brings; blocks of 8 KiB, of which 32 MiB are kept. */
export function openFarBytes(
  { source, sizeBytes: size }: FarNote,
  ask: (ranges: readonly AskedRange[]) => readonly Buffer[],
): FarBytes {
  const blocks = new Map<number, Buffer>()
  let expected = new Uint32Array(0)

  const keep = (index: number, block: Buffer): void => {
    if (blocks.size >= mostBlocks) for (const oldest of blocks.keys()) if (blocks.delete(oldest)) break
    blocks.set(index, block)
  }
  const bring = (missing: readonly number[]): void => {
    const runs = runsOf([...missing, ...ahead(missing, expected, (index) => blocks.has(index))])
    const ranges = runs.map(([first, last]) => {
      const from = first * blockBytes
      return { source, from, length: Math.min(size, (last + 1) * blockBytes) - from }
    })
    for (const [place, bytes] of ask(ranges).entries()) {
      const first = runs[place]?.[0] ?? 0
      for (let at = 0; at < bytes.length; at += blockBytes) {
        const index = first + at / blockBytes
        // A copy: a view of the run would hold all of it in memory.
        if (!blocks.has(index)) keep(index, Buffer.from(bytes.subarray(at, at + blockBytes)))
      }
    }
  }
  const kept = (first: number, last: number): Buffer[] => {
    const indexes = Array.from({ length: last - first + 1 }, (_, place) => first + place)
    const missing = indexes.filter((index) => !refreshed(blocks, index))
    if (missing.length > 0) bring(missing)
    return indexes.map((index) => blocks.get(index) ?? Buffer.alloc(0))
  }
  return {
    size,
    isFar: true,
    read: (from, to) => {
      const start = Math.min(Math.max(from, 0), size)
      const end = Math.min(Math.max(to, 0), size)
      if (end <= start) return Buffer.alloc(0)
      if (end - start > longestKeptBytes) return Buffer.concat(ask(pieces(source, start, end)))
      const first = Math.floor(start / blockBytes)
      const found = kept(first, Math.floor((end - 1) / blockBytes))
      const [only] = found
      const bytes = found.length === 1 && only ? only : Buffer.concat(found)
      return bytes.subarray(start - first * blockBytes, end - first * blockBytes)
    },
    expect: (places) => {
      const wanted = new Set<number>()
      for (const place of places) {
        const last = Math.floor(Math.min(size - 1, place + headBytes - 1) / blockBytes)
        for (let index = Math.floor(Math.max(0, place - beforeHeadBytes) / blockBytes); index <= last; index += 1)
          wanted.add(index)
      }
      expected = Uint32Array.from(wanted).sort()
    },
    close: () => blocks.clear(),
  }
}

/** Is it there? Then it is the last to go. */
function refreshed(blocks: Map<number, Buffer>, index: number): boolean {
  const block = blocks.get(index)
  if (block === undefined) return false
  blocks.delete(index)
  blocks.set(index, block)
  return true
}

/** Expected blocks that come after the first of `missing`, where that one was expected itself. */
function ahead(missing: readonly number[], expected: Uint32Array, isKept: (index: number) => boolean): number[] {
  const [first = 0] = missing
  const found: number[] = []
  let at = placeOf(first, expected)
  if (expected[at] !== first) return found
  for (; at < expected.length && found.length < mostAheadBlocks; at += 1) {
    const index = expected[at] ?? 0
    if (!isKept(index)) found.push(index)
  }
  return found
}

/** Where `wanted` is in an ascending list, or would be. */
function placeOf(wanted: number, list: Uint32Array): number {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((list[middle] ?? 0) < wanted) low = middle + 1
    else high = middle
  }
  return low
}

/** First and last block of what is fetched in one piece: neighbours, and what is nearly so. */
function runsOf(indexes: readonly number[]): (readonly [first: number, last: number])[] {
  const runs: [number, number][] = []
  for (const index of [...new Set(indexes)].sort((one, other) => one - other)) {
    const run = runs.at(-1)
    if (run && index - run[1] <= mostGapBlocks && index - run[0] < mostRunBlocks) run[1] = index
    else runs.push([index, index])
  }
  return runs
}

function pieces(source: number, start: number, end: number): AskedRange[] {
  const ranges: AskedRange[] = []
  for (let from = start; from < end; from += mostRangeBytes)
    ranges.push({ source, from, length: Math.min(mostRangeBytes, end - from) })
  return ranges
}
