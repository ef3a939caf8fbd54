import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ifThere } from '#chassis/if-there.ts'
import { replaceDurably } from './durable.ts'

/** The id of this installation, made once and kept beside the journal; claims carry it. */
export async function keepClientId(stateFolder: string): Promise<string> {
  const path = join(stateFolder, 'client-id')
  const known = (await ifThere(readFile(path, 'utf8')))?.trim() ?? ''
  if (known !== '') return known
  const made = `client-${randomUUID()}`
  await replaceDurably(path, `${made}\n`)
  return made
}
