import { randomUUID } from 'node:crypto'
import { readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder, writeDurably } from './durable.ts'

/** The id of this installation, made once and kept beside the journal; claims carry it. */
export async function keepClientId(stateFolder: string): Promise<string> {
  const path = join(stateFolder, 'client-id')
  const known = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  if (known.trim() !== '') return known.trim()
  const made = `client-${randomUUID()}`
  await writeDurably(`${path}.next`, `${made}\n`)
  await rename(`${path}.next`, path)
  await syncFolder(stateFolder)
  return made
}
