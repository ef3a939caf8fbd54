import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '#chassis/clock.ts'
import { ifThere } from '#chassis/if-there.ts'

/** Tells what is still being written from what stands still, by looking twice: clocks of network drives may be wrong. */
export type Settling = {
  /** True once the file or folder has been seen unchanged for `stillMilliseconds`; false where it is gone. */
  readonly hasSettled: (path: string) => Promise<boolean>
  /** Forgets what lay elsewhere: what comes back there starts anew. */
  readonly keepOnly: (paths: ReadonlySet<string>) => void
}

export function createSettling(clock: Pick<Clock, 'now'>, stillMilliseconds: number): Settling {
  const seen = new Map<string, { readonly looks: string; readonly since: number }>()
  return {
    hasSettled: async (path) => {
      const now = clock.now().getTime()
      const looks = await ifThere(looksOf(path))
      const before = seen.get(path)
      if (looks === undefined) {
        seen.delete(path)
        return false
      }
      // A clock that was set back must not make anything wait for hours.
      if (before?.looks !== looks || before.since > now) {
        seen.set(path, { looks, since: now })
        return false
      }
      return now - before.since >= stillMilliseconds
    },
    keepOnly: (paths) => {
      for (const path of seen.keys()) if (!paths.has(path)) seen.delete(path)
    },
  }
}

/** Size and time of a file; of a folder, those of what lies in it. */
async function looksOf(path: string): Promise<string> {
  const found = await stat(path)
  if (!found.isDirectory()) return `${found.size} ${found.mtimeMs}`
  const names = (await readdir(path)).sort()
  const looks = await Promise.all(names.map((name) => stat(join(path, name))))
  return looks.map(({ size, mtimeMs }, place) => `${names[place]} ${size} ${mtimeMs}`).join('\n')
}
