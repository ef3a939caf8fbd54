import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { SandboxPool } from '../../services/processor/sandbox/pool.ts'
import type { Sandbox } from '../../services/processor/sandbox/sandbox.ts'
import { SandboxError } from '../../services/processor/sandbox/sandbox-error.ts'
import { watchPeak } from './peak-memory.ts'

/** Children that take one file after the other, and what they needed. */
export type ReusedChildren = SandboxPool & {
  /** MB that the child of this folder had at most since it was last taken, told after its last answer. */
  readonly peakMB: (folder: string) => number
}

/** Of what earlier files left in its heap, a child is rid after so many. */
const mostFiles = 60

class Worker {
  readonly sandbox: Sandbox
  readonly lent: Sandbox
  uses = 0
  peakMB = 0
  isBroken = false
  #peak: (() => number) | undefined

  constructor(sandbox: Sandbox) {
    this.sandbox = sandbox
    this.lent = {
      ...sandbox,
      ask: async (...question) => {
        await sandbox.warm
        this.#peak ??= watchPeak(sandbox.folder)
        try {
          return await sandbox.ask(...question)
        } catch (error) {
          this.isBroken ||= error instanceof SandboxError
          throw error
        } finally {
          this.peakMB = Math.max(this.peakMB, this.#peak())
        }
      },
      kill: () => {
        this.isBroken = true
        sandbox.kill()
      },
      // What is judged lies under a name of its own; the child lives on.
      end: () => Promise.resolve(),
    }
  }

  begin(): Sandbox {
    this.uses += 1
    this.peakMB = 0
    this.#peak = undefined
    return this.lent
  }
}

/**
 * A start of a child costs more than most files of a corpus: here a sound child is used again, its folder emptied. What
 * fails in such a child is to be tried in a fresh one before it counts.
 */
export function reuseChildren(pool: SandboxPool, mostUses = mostFiles): ReusedChildren {
  const idle: Worker[] = []
  const inUse = new Map<string, Worker>()
  return {
    peakMB: (folder) => inUse.get(folder)?.peakMB ?? 0,
    take: async () => {
      const worker = idle.pop() ?? new Worker(await pool.take())
      inUse.set(worker.sandbox.folder, worker)
      return worker.begin()
    },
    giveBack: async ({ folder }) => {
      const worker = inUse.get(folder)
      if (!worker) return
      inUse.delete(folder)
      if (worker.isBroken || worker.uses >= mostUses) return await pool.giveBack(worker.sandbox)
      await empty(folder)
      idle.push(worker)
    },
    close: async () => {
      await Promise.all([...idle, ...inUse.values()].map(({ sandbox }) => pool.giveBack(sandbox)))
      await pool.close()
    },
  }
}

async function empty(folder: string): Promise<void> {
  const names = await readdir(folder)
  await Promise.all(names.map((name) => rm(join(folder, name), { recursive: true, force: true })))
}
