import { closeSync, openSync, writeSync } from 'node:fs'

const flushBytes = 1 << 20

/** A new file written front to back, a MiB at a time. */
export type BufferedFile = {
  readonly position: () => number
  readonly text: (text: string) => void
  readonly write: (bytes: Uint8Array) => void
  readonly close: () => void
}

export function createBufferedFile(path: string): BufferedFile {
  const file = openSync(path, 'wx')
  const waiting = Buffer.allocUnsafeSlow(flushBytes)
  let used = 0
  let written = 0
  const put = (bytes: Uint8Array): void => {
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done)
    written += bytes.length
  }
  const flush = (): void => {
    put(waiting.subarray(0, used))
    used = 0
  }
  const write = (bytes: Uint8Array): void => {
    if (used + bytes.length > flushBytes) flush()
    if (bytes.length > flushBytes) put(bytes)
    else {
      waiting.set(bytes, used)
      used += bytes.length
    }
  }
  return {
    position: () => written + used,
    text: (text) => {
      if (text.length > flushBytes) return write(Buffer.from(text, 'latin1'))
      if (used + text.length > flushBytes) flush()
      used += waiting.write(text, used, 'latin1')
    },
    write,
    close: () => {
      flush()
      closeSync(file)
    },
  }
}
