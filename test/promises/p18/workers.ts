import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export type Workers = {
  /** Tells all what time it is. */
  readonly moveTo: (now: Date) => void
  /** Ends one without a word, and starts another in its place. */
  readonly killOne: (which: number) => Promise<void>
  readonly close: () => Promise<void>
}

/** Several senders in processes of their own, with one clock. */
export async function startWorkers(count: number, startingWith: readonly string[], startsAt: Date): Promise<Workers> {
  const script = join(import.meta.dirname, 'worker-process.ts')
  let now = startsAt
  const start = async (): Promise<ChildProcess> => {
    const child = fork(script, [...startingWith, now.toISOString()], { execArgv: [] })
    await once(child, 'message')
    return child
  }
  const children = await Promise.all(Array.from({ length: count }, start))
  const end = async (child: ChildProcess | undefined): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
  return {
    moveTo: (time) => {
      now = time
      for (const child of children) child.send(now.toISOString())
    },
    killOne: async (which) => {
      const place = which % children.length
      await end(children[place])
      children[place] = await start()
    },
    close: async () => {
      await Promise.all(children.map(end))
    },
  }
}
