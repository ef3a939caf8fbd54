import { randomUUID } from 'node:crypto'
import { mkdir, rename, stat } from 'node:fs/promises'
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
  const parent = dirname(hotFolder)
  for (const [folder, name] of [
    [stateFolder, 'staging'],
    [parent, `.printcloud-staging-${clientId}`],
  ] as const) {
    if ((await deviceOf(folder)) === device && (await mayRename(folder, hotFolder))) return join(folder, name)
  }
  throw new Refused(
    'staging_elsewhere',
    `Neither ${stateFolder} nor ${parent} is on the file system of ${hotFolder}: move stateFolder there, or share the hot folder's parent`,
  )
}

/**
 * False when the two lie under different mounts, even of one device (bind mounts, containers): the kernel says EXDEV
 * before it looks whether the name exists, so that nothing needs to be made in the hot folder to find out.
 */
async function mayRename(from: string, to: string): Promise<boolean> {
  const name = `.printcloud-${randomUUID()}`
  try {
    await rename(join(from, name), join(to, name))
    return true
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'EXDEV')
  }
}

async function deviceOf(folder: string): Promise<number | undefined> {
  try {
    return (await stat(folder)).dev
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
