import { randomUUID } from 'node:crypto'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Refused } from '#chassis/errors.ts'
import { ifThere } from '#chassis/if-there.ts'
import { processStart } from './process-start.ts'

/** Who holds a state folder: the process, and when it began, because process ids are used again. */
type Holder = { readonly pid: number; readonly startedAt: string; readonly bootId: string }

/**
 * Makes this process the only client on a state folder; gives back how to let go. Throws Refused while another lives.
 * A lock whose process is gone is taken over.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'lock')
  const mine = JSON.stringify({
    pid: process.pid,
    startedAt: await processStart(process.pid),
    bootId: await boot(),
  } satisfies Holder)
  const own = `${path}.${process.pid}.${randomUUID()}`
  await writeFile(own, mine)
  try {
    while (!(await linked(own, path))) await removeDead(path)
  } finally {
    await rm(own, { force: true })
  }
  return () => rm(path, { force: true })
}

/** A hard link is made in one step and fails where the name is taken. */
async function linked(own: string, path: string): Promise<boolean> {
  try {
    await link(own, path)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

/** Moves a dead lock away. What was moved is read again: another starter may have put its own there meanwhile. */
async function removeDead(path: string): Promise<void> {
  const text = await textOf(path)
  if (text === undefined) return
  await refuseIfAlive(text)
  const aside = `${path}.dead.${randomUUID()}`
  try {
    await rename(path, aside)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return
    throw error
  }
  if ((await textOf(aside)) !== text) await linked(aside, path)
  await rm(aside, { force: true })
}

async function refuseIfAlive(text: string): Promise<void> {
  const holder = holderOf(text)
  if (holder === undefined || holder.bootId !== (await boot()) || holder.pid === process.pid) return
  if (!isRunning(holder.pid) || (await processStart(holder.pid)) !== holder.startedAt) return
  throw new Refused('state_folder_in_use', `Process ${holder.pid} already runs a print client on this state folder`)
}

function holderOf(text: string): Holder | undefined {
  try {
    const { pid, startedAt, bootId }: Record<string, unknown> = JSON.parse(text)
    if (typeof pid !== 'number' || typeof startedAt !== 'string' || typeof bootId !== 'string') return undefined
    return { pid, startedAt, bootId }
  } catch {
    // Torn by a loss of power: nobody holds it.
    return undefined
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/** Empty where there is no /proc. */
const boot = async (): Promise<string> => (await textOf('/proc/sys/kernel/random/boot_id')) ?? ''

const textOf = (path: string): Promise<string | undefined> => ifThere(readFile(path, 'utf8'))

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)
