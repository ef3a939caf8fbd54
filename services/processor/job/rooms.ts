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
  /** Ends the judge and brings `files` from its folder into the folder of a fresh child, which makes print files once more. */
  readonly toMakeAgain: (judge: Sandbox, files: readonly string[]) => Promise<Sandbox>
  /** For a job that goes back to its beginning: where the producer has been ended, the others go and a fresh one comes. */
  readonly beginAgain: () => Promise<void>
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
  /** Dead before its files are looked at: they can no longer be changed. */
  const handOn = async (from: Sandbox, files: readonly string[]) => {
    await from.end()
    const next = await take()
    const brought = new Map<string, string>()
    for (const file of new Set(files)) brought.set(file, await bring(file, from.folder, next.folder))
    await giveBack(from)
    return { next, brought }
  }
  let producer = await take()
  let maker = producer
  return {
    get producer() {
      return producer
    },
    toJudge: async (files) => {
      const { next, brought } = await handOn(maker, files)
      return { judge: next, brought }
    },
    toMakeAgain: async (judge, files) => {
      const { next } = await handOn(judge, files)
      maker = next
      return next
    },
    beginAgain: async () => {
      if (inHand.has(producer) && producer.isAlive()) return
      await Promise.all([...inHand].map(giveBack))
      producer = await take()
      maker = producer
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
