import { open, rename } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/** Writes a new or replaced file and returns once its bytes are on the disk. Its name is durable after `syncFolder`; `mode` is of a new one. */
export async function writeDurably(path: string, content: string | Uint8Array, mode = 0o666): Promise<void> {
  const file = await open(path, 'w', mode)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Writes a file that is there whole, or as it was before: on return it is on the disk, name and all. */
export async function replaceDurably(path: string, content: string, mode?: number): Promise<void> {
  await writeDurably(`${path}.next`, content, mode)
  await rename(`${path}.next`, path)
  await syncFolder(dirname(path))
}

/** What file systems answer that cannot do it, as some shares do: a loss of power may then undo a rename, which holds the job. */
const unable: ReadonlySet<unknown> = new Set(['EINVAL', 'ENOTSUP', 'ENOSYS'])

/** Makes the names in a folder durable. Windows has no such call and keeps names in its own journal. */
export async function syncFolder(...path: readonly string[]): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(resolve(...path), 'r')
  try {
    await folder.sync().catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && unable.has(error.code))) throw error
    })
  } finally {
    await folder.close()
  }
}
