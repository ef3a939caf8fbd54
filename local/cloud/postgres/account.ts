import { readFileSync, type Stats, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** A user of this machine that is not root. */
export type Account = { readonly uid: number; readonly gid: number }

/**
 * Whom PostgreSQL must run as, because it refuses root: nobody else (undefined) for an ordinary user;
 * for root the owner of the data, or a powerless account that every Unix has, so that no user is created.
 */
export function chooseAccount(dataFolder: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const owner = statSync(dataFolder, { throwIfNoEntry: false })
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  // initdb looks its own name up, so a bare number will not do.
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const name of ['nobody', 'daemon']) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? []
    // macOS writes nobody as -2.
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }
  }
  throw new Error('PostgreSQL refuses to run as root, and /etc/passwd has neither nobody nor daemon to run it as')
}

/** Whether `account` may pass every folder on the way to `path` and read (a file: execute) it. Looks at mode bits only. */
export function mayReach(path: string, account: Account): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    if ((permissionBits(statSync(folder), account) & 0o1) === 0) return false
    if (folder === dirname(folder)) return true
  }
}

function permissionBits(stats: Stats, account: Account): number {
  if (stats.uid === account.uid) return stats.mode >> 6
  if (stats.gid === account.gid) return stats.mode >> 3
  return stats.mode
}
