import { link, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { SandboxPool } from '../sandbox/pool.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'
import { sealOf } from './seal-of.ts'

/** The children that one job goes through: one makes the print files, another one judges them. */
export type Rooms = {
  /** Its folder holds the sources. */
  readonly producer: Sandbox
  /** Ends the producer and brings `files` from its folder into the folder of a fresh child; tells the seal of each. */
  readonly toJudge: (files: readonly string[]) => Promise<Judgement>
  /** Ends whoever still lives and removes the folders. */
  readonly leave: () => Promise<void>
}

type Judgement = { readonly judge: Sandbox; readonly brought: ReadonlyMap<string, string> }

/** Takes the children of one job from the pool; when `signal` aborts, they are killed. */
export async function enterRooms(pool: SandboxPool, signal: AbortSignal): Promise<Rooms> {
  const inHand = new Set<Sandbox>()
  const killAll = (): void => {
    for (const sandbox of inHand) sandbox.kill()
  }
  signal.addEventListener('abort', killAll)
  const take = async (): Promise<Sandbox> => {
    const sandbox = await pool.take()
    inHand.add(sandbox)
    if (signal.aborted) sandbox.kill()
    return sandbox
  }
  const giveBack = async (sandbox: Sandbox): Promise<void> => {
    if (inHand.delete(sandbox)) await pool.giveBack(sandbox)
  }
  const producer = await take()
  return {
    producer,
    toJudge: async (files) => {
      // Dead before its files are looked at: what was judged can no longer be changed.
      await producer.end()
      const judge = await take()
      const brought = new Map<string, string>()
      for (const file of new Set(files)) brought.set(file, await bring(file, producer.folder, judge.folder))
      await giveBack(producer)
      return { judge, brought }
    },
    leave: async () => {
      signal.removeEventListener('abort', killAll)
      await Promise.all([...inHand].map(giveBack))
    },
  }
}

/** A second name for the same bytes; the child may have put a link or a folder in the place of a file. */
async function bring(file: string, from: string, to: string): Promise<string> {
  const path = join(from, file)
  const seal = await sealOf(path)
  const target = join(to, file)
  await rm(target, { force: true })
  await link(path, target)
  return seal
}
