import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { ByteSource } from '../pdf/byte-source.ts'
import type { ByteRange } from './jpeg-segments.ts'

/** A segment of a JPEG is shorter. */
const shortBytes = 1 << 16

/**
 * The bytes of a picture's file, or of these ranges of it one behind the other, for going through from front to back: what
 * a read of more than 64 KiB gave is valid only until the next one, as they share one memory. Fresh memory for all of a
 * book's photos costs more, in pages of the kernel and in collected garbage, than the reading.
 */
export function openPictureBytes(
  path: string,
  ranges?: readonly ByteRange[],
): ByteSource & { readonly close: () => void } {
  const file = openSync(path, 'r')
  const all = ranges ?? [{ from: 0, to: fstatSync(file).size }]
  const size = all.reduce((sum, { from, to }) => sum + to - from, 0)
  let room = Buffer.alloc(0)
  const memoryFor = (length: number): Buffer => {
    if (length <= shortBytes) return Buffer.allocUnsafe(length)
    if (room.length < length) {
      release(room)
      room = Buffer.allocUnsafeSlow(length)
    }
    return room.subarray(0, length)
  }
  return {
    size,
    read: (from, to) => {
      const start = Math.min(Math.max(from, 0), size)
      const into = memoryFor(Math.max(0, Math.min(to, size) - start))
      return into.subarray(0, fill(file, all, start, into))
    },
    close: () => {
      release(room)
      closeSync(file)
    },
  }
}

/** Given back at once: until the collector comes by, a book's worth of such memory would have gathered. */
function release({ buffer }: Buffer): void {
  if (buffer instanceof ArrayBuffer) buffer.transfer(0)
}

/** How many bytes from `start` on were there; a file may be cut after it was opened. */
function fill(file: number, ranges: readonly ByteRange[], start: number, into: Buffer): number {
  let done = 0
  let passed = 0
  for (const { from, to } of ranges) {
    const at = Math.max(0, start - passed)
    const end = done + Math.max(0, Math.min(to - from - at, into.length - done))
    while (done < end) {
      const count = readSync(file, into, done, end - done, from + start + done - passed)
      if (count === 0) return done
      done += count
    }
    passed += to - from
  }
  return done
}
