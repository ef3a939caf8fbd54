import { constants } from 'node:fs'
import { type FileHandle, open, rename } from 'node:fs/promises'
import { FolderFault } from '../folder-fault.ts'
import { syncFolder, writeDurably } from './durable.ts'

/** A file that grows at its end. What `append` resolved for survives a loss of power. */
export type AppendFile = {
  /** Resolves once `text` is on the disk, after calling `onDurable` in the order of the file. Throws FolderFault. */
  readonly append: (text: string, onDurable: () => void) => Promise<void>
  /** Replaces the whole content in one step; `content` is asked when it is this call's turn. */
  readonly rewrite: (content: () => string) => Promise<void>
  readonly sizeBytes: () => number
  readonly close: () => Promise<void>
}

type Waiting = {
  readonly text: string
  readonly onDurable: () => void
  readonly done: () => void
  readonly failed: (error: Error) => void
}

/** Opens `path` for appending behind its first `goodBytes`; what lies behind them is cut off. */
export async function openAppendFile(path: string, goodBytes: number): Promise<AppendFile> {
  let file: FileHandle | undefined = await openForWriting(path, constants.O_CREAT)
  let size = goodBytes
  let isClean = false
  let isNamed = true
  let waiting: Waiting[] = []
  let turn: Promise<void> = Promise.resolve()

  const opened = async (): Promise<FileHandle> => {
    file ??= await openForWriting(path)
    return file
  }

  /** After a failed write or sync nobody knows what the disk holds behind the durable part: it is cut off first. */
  const clean = async (): Promise<FileHandle> => {
    const ready = await opened()
    if (!isNamed) await syncFolder(path, '..')
    isNamed = true
    if (isClean) return ready
    await ready.truncate(size)
    await ready.sync()
    isClean = true
    return ready
  }

  /** Everything that waits goes down in one write and one sync. */
  const commit = async (): Promise<void> => {
    const group = waiting
    waiting = []
    try {
      const ready = await clean()
      isClean = false
      size += await writeAll(ready, group.map((each) => each.text).join(''), size)
      isClean = true
    } catch (cause) {
      const error = new FolderFault('The journal cannot be written', { cause })
      for (const each of group) each.failed(error)
      return
    }
    for (const each of group) {
      each.onDurable()
      each.done()
    }
  }

  const close = async (): Promise<void> => {
    const before = file
    file = undefined
    await before?.close()
  }

  /** Windows renames nothing onto a file that is open: it is closed first, and opened again by whoever writes next. */
  const rewrite = async (content: () => string): Promise<void> => {
    const text = content()
    await writeDurably(`${path}.next`, text)
    await close()
    await rename(`${path}.next`, path)
    size = Buffer.byteLength(text)
    isClean = true
    // Until the new name is durable, a loss of power brings the old file back: nothing is appended before that.
    isNamed = false
    await clean()
  }

  const next = (work: () => Promise<void>): Promise<void> => {
    const mine = turn.then(work)
    turn = mine.catch(() => undefined)
    return mine
  }

  await clean()
  return {
    append: (text, onDurable) =>
      new Promise((done, failed) => {
        waiting.push({ text, onDurable, done, failed })
        if (waiting.length === 1) void next(commit)
      }),
    rewrite: (content) => next(() => rewrite(content)),
    sizeBytes: () => size,
    close: () => next(close),
  }
}

/** Not for appending: Windows does not let such a file be cut off. Made at the start only: later it must be the one that is known. */
const openForWriting = (path: string, flag = 0): Promise<FileHandle> => open(path, constants.O_RDWR | flag, 0o666)

async function writeAll(file: FileHandle, text: string, place: number): Promise<number> {
  const bytes = Buffer.from(text)
  for (let written = 0; written < bytes.length; ) {
    written += (await file.write(bytes, written, bytes.length - written, place + written)).bytesWritten
  }
  await file.datasync()
  return bytes.length
}
