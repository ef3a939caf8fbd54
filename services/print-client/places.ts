import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ClientConfig } from './config.ts'

/** The folders of one client, apart from those of its outputs. */
export type Places = {
  readonly stateFolder: string
  readonly commands: string
  readonly statusFolder: string
  readonly refused: string
}

/** Makes what is the client's own to make. */
export async function preparePlaces({
  stateFolder,
  statusFolder,
}: Pick<ClientConfig, 'stateFolder' | 'statusFolder'>): Promise<Places> {
  const commands = join(stateFolder, 'commands')
  const refused = join(statusFolder, 'refused')
  for (const folder of [commands, refused]) await mkdir(folder, { recursive: true })
  return { stateFolder, commands, statusFolder, refused }
}
