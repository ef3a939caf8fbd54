import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '#chassis/log.ts'

/** How long each way of asking may take before the next, harsher one. */
const patienceMilliseconds = 10_000

/**
 * Ends a PostgreSQL that a killed supervisor left running on `dataFolder`, and clears its pid file.
 * Only a process that works in this very folder is touched: a pid that now belongs to another program is left alone.
 */
export async function endOrphan(dataFolder: string, log: Log): Promise<void> {
  const pidFile = join(dataFolder, 'postmaster.pid')
  if (!existsSync(pidFile)) return
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0])
  if (!Number.isInteger(pid) || pid <= 1) return
  // Fast shutdown, immediate shutdown, and at last what crash recovery is made for.
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (!isPostgresOf(dataFolder, pid)) break
    log.warn({ pid, signal }, 'postgres_orphan_ended')
    process.kill(pid, signal)
    const limit = Date.now() + patienceMilliseconds
    while (Date.now() < limit && isPostgresOf(dataFolder, pid)) await wait(20)
  }
  // A stale file whose pid was given to another process would keep PostgreSQL from starting.
  rmSync(pidFile, { force: true })
}

function isPostgresOf(dataFolder: string, pid: number): boolean {
  if (existsSync('/proc/self/cmdline')) {
    const args = readIfAllowed(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8'))?.split('\0')
    if (args?.includes(dataFolder)) return true
    // The postmaster works in its data folder: this still holds after the checkout was renamed, but not every root may look.
    return readIfAllowed(() => readlinkSync(`/proc/${pid}/cwd`)) === dataFolder
  }
  try {
    const command = execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
    return command.includes('postgres') && command.includes(dataFolder)
  } catch (error) {
    // What ps says of a pid that does not exist.
    if (error instanceof Error && 'status' in error && error.status === 1) return false
    throw error
  }
}

function readIfAllowed(read: () => string): string | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EACCES'))
      return undefined
    throw error
  }
}
