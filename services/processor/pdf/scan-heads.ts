import type { ByteSource } from './byte-source.ts'
import { isDigit, isRegular, isWhite, standsAt } from './characters.ts'
import type { ObjectReader } from './object-reader.ts'
import { PdfFault } from './pdf-file.ts'
import { PdfStream, type PdfValue } from './values.ts'

const blockBytes = 1 << 20
/** `N G obj` with blanks fits. */
const longestHead = 64
/** What is parsed in all while scanning, in sizes of the file: made-up files could otherwise make us read it n times. */
const mostRereads = 8

export type FoundHead = { readonly number: number; readonly generation: number; readonly offset: number }

/** Finds every `N G obj` outside sound streams, in the order of the file, each with its value where it can be read. */
export function scanHeads(
  bytes: ByteSource,
  reader: ObjectReader,
  onHead: (head: FoundHead, value: PdfValue | undefined) => void,
): void {
  let budget = bytes.size * mostRereads + blockBytes
  const visit = (head: FoundHead): number | undefined => {
    const found = budget > 0 ? readQuietly(reader, head.offset) : undefined
    if (found !== undefined) budget -= found.end - head.offset
    onHead(head, found?.value)
    return found?.value instanceof PdfStream ? soundEnd(bytes, found.value) : undefined
  }
  for (let from = 0; from < bytes.size; ) {
    const start = Math.max(0, from - longestHead)
    const block = bytes.read(start, from + blockBytes)
    // The last word may be cut off: it is found again in the next block.
    from = Math.max(from + 1, start + scanBlock(block, from - start, start, visit))
  }
}

/** Gives the place in the block to go on from; it may lie behind the block. */
function scanBlock(block: Buffer, from: number, start: number, visit: (head: FoundHead) => number | undefined): number {
  let next = from
  for (;;) {
    const hit = block.indexOf('obj', next)
    if (hit < 0) return Math.max(next, block.length - 3)
    next = hit + 3
    const head = headBefore(block, hit, start)
    const end = head === undefined ? undefined : visit(head)
    if (end === undefined) continue
    next = Math.max(next, end - start)
    if (next >= block.length) return next
  }
}

/** The head whose `obj` stands at `at`. */
function headBefore(block: Buffer, at: number, start: number): FoundHead | undefined {
  if (isRegular(block[at + 3] ?? 32) && !isDigit(block[at + 3] ?? 32)) return undefined
  const generation = numberBefore(block, at)
  const number = generation === undefined ? undefined : numberBefore(block, generation.from)
  if (generation === undefined || number === undefined || number.to === generation.from) return undefined
  return { number: number.value, generation: generation.value, offset: start + number.from }
}

function numberBefore(block: Buffer, at: number): { value: number; from: number; to: number } | undefined {
  let to = at
  while (to > 0 && isWhite(block[to - 1] ?? 0)) to--
  let from = to
  while (from > 0 && isDigit(block[from - 1] ?? 0)) from--
  return from === to || to - from > 10 ? undefined : { value: Number(block.toString('latin1', from, to)), from, to }
}

function readQuietly(reader: ObjectReader, offset: number) {
  try {
    return reader.read(offset)
  } catch (problem) {
    if (problem instanceof PdfFault) return undefined
    throw problem
  }
}

/** Where the stream's data end, if `endstream` shows that they do. */
function soundEnd(bytes: ByteSource, { start, length }: PdfStream): number | undefined {
  const after = bytes.read(start + length, start + length + longestHead)
  let gap = 0
  while (gap < after.length && isWhite(after[gap] ?? 0)) gap++
  return standsAt(after, gap, 'endstream') ? start + length : undefined
}
