import { randomUUID } from 'node:crypto'
import { mkdir, rename, stat } from 'node:fs/promises'
import { dirname, join, parse, resolve } from 'node:path'
import { Refused } from '#chassis/errors.ts'
import { ifThere } from '#chassis/if-there.ts'

/** Where jobs of outputs are filled that need no file system of their own. */
export const stagingIn = (stateFolder: string): string => join(stateFolder, 'staging')

/**
 * Where the jobs of a hot folder are filled: on its own file system, so that one rename(2) hands a job over. The hot folder itself must be
 * there: making it could mean writing beside a network drive that is not mounted. Throws Refused where no such place is found.
 */
export async function stagingFor(hotFolder: string, stateFolder: string, clientId: string): Promise<string> {
  const device = await deviceOf(hotFolder)
  if (device === undefined)
    throw new Refused('hot_folder_missing', `The hot folder ${hotFolder} does not exist: create it`)
  const parent = dirname(hotFolder)
  const beside = join(parent, `.printcloud-staging-${clientId}`)
  for (const [folder, staging] of [
    [stateFolder, stagingIn(stateFolder)],
    [parent, beside],
  ] as const) {
    if ((await deviceOf(folder)) !== device || !(await mayRename(folder, hotFolder))) continue
    await mkdir(staging, { recursive: true })
    return staging
  }
  throw new Refused(
    'staging_elsewhere',
    `Neither ${stateFolder} nor ${parent} is on the file system of ${hotFolder}: move stateFolder there, or share the hot folder's parent`,
  )
}

/**
 * False when the two lie under different mounts, even of one device (bind mounts, containers): the kernel says EXDEV
 * before it looks whether the name exists, so that nothing needs to be made in the hot folder to find out. Windows looks for the name
 * first; there drive or share must be the same.
 */
async function mayRename(from: string, to: string): Promise<boolean> {
  if (parse(resolve(from)).root.toLowerCase() !== parse(resolve(to)).root.toLowerCase()) return false
  const name = `.printcloud-${randomUUID()}`
  try {
    await rename(join(from, name), join(to, name))
    return true
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'EXDEV')
  }
}

const deviceOf = async (folder: string): Promise<number | undefined> => (await ifThere(stat(folder)))?.dev
