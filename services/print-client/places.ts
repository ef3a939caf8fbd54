import { mkdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Refused } from '#chassis/errors.ts'
import type { ClientConfig } from './config.ts'

/** The folders of one client. */
export type Places = {
  readonly hotFolder: string
  /** Jobs being filled, on the hot folder's own file system so that one rename(2) hands a job over. */
  readonly staging: string
  readonly stateFolder: string
  readonly commands: string
  readonly statusFolder: string
  readonly refused: string
}

/**
 * Finds or makes the client's folders. The hot folder itself must be there: making it could mean writing beside a
 * network drive that is not mounted. Throws Refused when staging would lie on another file system than the hot folder.
 */
export async function preparePlaces(config: ClientConfig, clientId: string): Promise<Places> {
  const { hotFolder, stateFolder, statusFolder } = config
  const hot = await deviceOf(hotFolder)
  if (hot === undefined)
    throw new Refused('hot_folder_missing', `The hot folder ${hotFolder} does not exist: create it`)
  const commands = join(stateFolder, 'commands')
  const refused = join(statusFolder, 'refused')
  for (const folder of [commands, refused]) await mkdir(folder, { recursive: true })
  const staging = await stagingOn(hot, config, clientId)
  await mkdir(staging, { recursive: true })
  return { hotFolder, staging, stateFolder, commands, statusFolder, refused }
}

async function stagingOn(device: number, config: ClientConfig, clientId: string): Promise<string> {
  const { hotFolder, stateFolder } = config
  if ((await deviceOf(stateFolder)) === device) return join(stateFolder, 'staging')
  const parent = dirname(hotFolder)
  if ((await deviceOf(parent)) === device) return join(parent, `.printcloud-staging-${clientId}`)
  throw new Refused(
    'staging_elsewhere',
    `Neither ${stateFolder} nor ${parent} is on the file system of ${hotFolder}: move stateFolder there, or share the hot folder's parent`,
  )
}

async function deviceOf(folder: string): Promise<number | undefined> {
  try {
    return (await stat(folder)).dev
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
