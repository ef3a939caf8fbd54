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
  let file = await open(path, 'a+')
  let size = goodBytes
  let isClean = false
  let isNamed = true
  let waiting: Waiting[] = []
  let turn: Promise<void> = Promise.resolve()

  /** After a failed write or sync nobody knows what the disk holds behind the durable part: it is cut off first. */
  const clean = async (): Promise<void> => {
    if (!isNamed) await syncFolder(path, '..')
    isNamed = true
    if (isClean) return
    await file.truncate(size)
    await file.sync()
    isClean = true
  }

  /** Everything that waits goes down in one write and one sync. */
  const commit = async (): Promise<void> => {
    const group = waiting
    waiting = []
    try {
      await clean()
      isClean = false
      size += await writeAll(file, group.map((each) => each.text).join(''))
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

  const rewrite = async (content: () => string): Promise<void> => {
    const text = content()
    await writeDurably(`${path}.next`, text)
    const after = await open(`${path}.next`, 'a+')
    await rename(`${path}.next`, path)
    const before = file
    file = after
    size = Buffer.byteLength(text)
    isClean = true
    // Until the new name is durable, a loss of power brings the old file back: nothing is appended before that.
    isNamed = false
    await before.close()
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
    close: () => next(() => file.close()),
  }
}

async function writeAll(file: FileHandle, text: string): Promise<number> {
  const bytes = Buffer.from(text)
  for (let written = 0; written < bytes.length; ) {
    written += (await file.write(bytes, written)).bytesWritten
  }
  await file.datasync()
  return bytes.length
}
