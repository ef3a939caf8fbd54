import { createWriteStream, existsSync, mkdirSync, renameSync, type WriteStream } from 'node:fs'
import { join } from 'node:path'

/** One file and its predecessor are kept: at most twice this on disk for each process. */
const largestBytes = 10 * 1024 * 1024

export type LogFile = { readonly write: (line: string) => void; readonly close: () => Promise<void> }

/** `<folder>/<name>.log`, begun anew now and whenever it passes 10 MiB; the one before is kept as `<name>.log.1`. */
export function openLogFile(folder: string, name: string, maximumBytes = largestBytes): LogFile {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${name}.log`)
  const rotate = (): WriteStream => {
    if (existsSync(path)) renameSync(path, `${path}.1`)
    const stream = createWriteStream(path, { flags: 'wx' })
    // A full or vanished disk must not end the platform; the terminal still shows what matters.
    stream.on('error', () => undefined)
    return stream
  }
  let stream = rotate()
  let written = 0
  let isClosed = false
  return {
    write: (line) => {
      if (isClosed) return
      if (written > maximumBytes) {
        stream.end()
        stream = rotate()
        written = 0
      }
      stream.write(`${line}\n`)
      written += line.length + 1
    },
    close: () => {
      isClosed = true
      return new Promise((resolve) => stream.end(() => resolve()))
    },
  }
}
