import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { promisify } from 'node:util'

const withinMilliseconds = 60_000

/**
 * Removes a folder whatever a hostile file's converter made of it, once that converter is dead: folders that nobody may
 * enter, or nested deeper than a path is long. Rejects where even the system's own tools fail.
 */
export async function removeFolder(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  } catch {
    // Both walk from folder to folder, follow no link and need no path that is longer than one name.
    const run = promisify(execFile)
    const how = { timeout: withinMilliseconds, env: { PATH: '/usr/bin:/bin' } }
    await run('chmod', ['-R', 'u+rwX', '--', folder], how).catch(() => undefined)
    await run('rm', ['-rf', '--', folder], how)
  }
}
