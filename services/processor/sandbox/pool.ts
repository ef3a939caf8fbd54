import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Log } from '#chassis/log.ts'
import { fillCodeCache } from './code-cache.ts'
import { detectConfinement } from './confinement.ts'
import { removeFolder } from './remove-folder.ts'
import { type Sandbox, startSandbox } from './sandbox.ts'

/** Children that wait with their engines loaded (≈ 0.4 s to start, none of it on the way of a job). One job, one child. */
export type SandboxPool = {
  readonly take: () => Promise<Sandbox>
  /** Ends the child, removes its folder and starts its successor. */
  readonly giveBack: (sandbox: Sandbox) => Promise<void>
  readonly close: () => Promise<void>
}

/** Empties `folder` and keeps `spares` children warm there; after `mostSpares` in all, a child starts only when it is taken. */
export async function openSandboxPool(
  folder: string,
  spares: number,
  log: Log,
  mostSpares = Number.POSITIVE_INFINITY,
): Promise<SandboxPool> {
  const workDir = resolve(folder)
  await removeFolder(workDir)
  await mkdir(workDir, { recursive: true })
  const confinement = await detectConfinement()
  log.info({ confinement, platform: process.platform }, 'converter_confinement')
  const closing = new AbortController()
  const filled = confinement === 'bubblewrap' ? fillCodeCache(log, closing.signal) : Promise.resolve()
  const waiting: Promise<Sandbox>[] = []
  let count = 0
  let isClosed = false

  const start = async (): Promise<Sandbox> => {
    count += 1
    const home = join(workDir, `job-${process.pid}-${count}`)
    await mkdir(home, { recursive: true })
    return startSandbox(home, confinement)
  }
  const end = async (sandbox: Sandbox): Promise<void> => {
    await sandbox.end()
    try {
      await removeFolder(sandbox.folder)
    } catch (error) {
      // The job is done and told; what is left costs disk until the next start.
      log.error({ err: error, folder: sandbox.folder }, 'job_folder_not_removed')
    }
  }
  const refill = (): void => {
    while (!isClosed && waiting.length < spares && count < mostSpares) {
      const starting = start()
      // A full disk is told to whoever takes this child; until then it must not end the parent.
      starting.catch(() => undefined)
      waiting.push(starting)
    }
  }
  refill()
  return {
    take: async () => {
      for (let starting = waiting.shift(); starting; starting = waiting.shift()) {
        const spare = await starting
        if (spare.isAlive()) return spare
        // Killed while it waited, by the system or an operator: no job has been in it, and none is to be blamed for it.
        await end(spare)
      }
      return await start()
    },
    giveBack: async (sandbox) => {
      await end(sandbox)
      refill()
    },
    close: async () => {
      isClosed = true
      closing.abort()
      await filled
      const started = await Promise.allSettled(waiting.splice(0))
      await Promise.all(started.flatMap((each) => (each.status === 'fulfilled' ? [end(each.value)] : [])))
    },
  }
}
