import { rename } from 'node:fs/promises'
import type { Clock } from '#chassis/clock.ts'

/** Windows refuses to rename a folder while a scanner or an indexer has a file of it open: for moments, as a rule. */
const passing: ReadonlySet<unknown> = new Set(['EPERM', 'EACCES', 'EBUSY'])
const pausesMilliseconds = [50, 100, 200, 400, 800]

/** rename(2); on Windows tried for a second and a half. Throws what the file system said last. */
export async function renameInsisting(
  from: string,
  to: string,
  clock: Pick<Clock, 'sleep'>,
  platform: string = process.platform,
): Promise<void> {
  for (const pause of platform === 'win32' ? pausesMilliseconds : []) {
    try {
      return await rename(from, to)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && passing.has(error.code))) throw error
      await clock.sleep(pause)
    }
  }
  await rename(from, to)
}
