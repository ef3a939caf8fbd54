import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { ByteSource } from './byte-source.ts'
import { Slots } from './slots.ts'

const blockBytes = 1 << 12
const keptBits = 10

/** A file read in blocks of 4 KiB (objects far apart cost little), of which 4 MiB are kept; longer reads go past them. */
export function openFileBytes(path: string): ByteSource & { readonly close: () => void } {
  const file = openSync(path, 'r')
  const size = fstatSync(file).size
  const blocks = new Slots<Buffer>(keptBits)
  const block = (index: number): Buffer => {
    const known = blocks.get(index)
    if (known !== undefined) return known
    const fresh = readAt(file, index * blockBytes, Math.min(blockBytes, size - index * blockBytes))
    blocks.set(index, fresh)
    return fresh
  }
  return {
    size,
    read: (from, to) => {
      const [start, end] = within(size, from, to)
      if (end <= start) return Buffer.alloc(0)
      const first = Math.floor(start / blockBytes)
      const last = Math.floor((end - 1) / blockBytes)
      const offset = first * blockBytes
      if (first === last) return block(first).subarray(start - offset, end - offset)
      if (end - start >= blockBytes) return readAt(file, start, end - start)
      return Buffer.concat([block(first).subarray(start - offset), block(last).subarray(0, end - last * blockBytes)])
    },
    close: () => closeSync(file),
  }
}

function readAt(file: number, from: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafeSlow(length)
  let done = 0
  while (done < length) {
    const count = readSync(file, buffer, done, length - done, from + done)
    // The file was cut after it was opened.
    if (count === 0) break
    done += count
  }
  return done === length ? buffer : buffer.subarray(0, done)
}

export const memoryBytes = (buffer: Buffer): ByteSource => ({
  size: buffer.length,
  read: (from, to) => {
    const [start, end] = within(buffer.length, from, to)
    return buffer.subarray(start, Math.max(start, end))
  },
})

/** Several sources as one, in this order: a file and what was appended to it. */
export function joinedBytes(parts: readonly ByteSource[]): ByteSource {
  const starts: number[] = []
  let size = 0
  for (const part of parts) {
    starts.push(size)
    size += part.size
  }
  return {
    size,
    read: (from, to) => {
      const [start, end] = within(size, from, to)
      const pieces = parts
        .map((part, index) => ({ part, offset: starts[index] ?? 0 }))
        .filter(({ part, offset }) => offset < end && offset + part.size > start)
        .map(({ part, offset }) => part.read(Math.max(start - offset, 0), Math.min(end - offset, part.size)))
      return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces)
    },
    expect: (places) => {
      for (const [index, part] of parts.entries()) {
        const offset = starts[index] ?? 0
        part.expect?.(places.flatMap((at) => (at >= offset && at < offset + part.size ? [at - offset] : [])))
      }
    },
  }
}

const within = (size: number, from: number, to: number): [number, number] => [
  Math.min(Math.max(from, 0), size),
  Math.min(Math.max(to, 0), size),
]
