import { randomBytes } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Writes a file whole or not at all, for its owner only. `isDurable`: it outlives a power cut once this resolves. */
export async function writeWhole(path: string, text: string, isDurable: boolean): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString('hex')}.new`
  try {
    await written(draft, text, isDurable)
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
  if (isDurable) await synced(dirname(path))
}

export async function privateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
}

async function written(path: string, text: string, isDurable: boolean): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    if (isDurable) await file.sync()
  } finally {
    await file.close()
  }
}

/** The name of a file is durable when its folder is; Windows cannot and need not do that. */
async function synced(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
