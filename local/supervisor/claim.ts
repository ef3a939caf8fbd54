import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Static, Type } from 'typebox'
import { Check } from 'typebox/value'
import { CannotStart, exitCodes } from './cannot-start.ts'
import { isSameProcess, processIdentity } from './process-identity.ts'

const ProcessMark = Type.Object({ pid: Type.Integer(), identity: Type.String() })
const ClaimFile = Type.Object({
  ...ProcessMark.properties,
  addresses: Type.Record(Type.String(), Type.String()),
  children: Type.Array(ProcessMark),
})
type ClaimFile = Static<typeof ClaimFile>

/** Children of a dead supervisor leave by themselves; after this they are made to. */
const leaveWithinMilliseconds = 10_000

/** The right of this process to a data folder, and the record of what it started there. */
export type Claim = {
  readonly update: (addresses: Readonly<Record<string, string>>, childPids: readonly number[]) => void
  readonly release: () => void
}

/**
 * Takes the data folder for this process. Throws CannotStart (exit code 3) when another platform lives on it;
 * what a killed one left running is ended first.
 */
export async function claimFolder(dataFolder: string): Promise<Claim> {
  mkdirSync(dataFolder, { recursive: true })
  const path = join(dataFolder, 'supervisor.json')
  const own = { pid: process.pid, identity: processIdentity(process.pid) ?? '' }
  while (!create(path, { ...own, addresses: {}, children: [] })) {
    const other = read(path)
    if (other && isSameProcess(other.pid, other.identity)) throw alreadyRuns(dataFolder, other)
    if (other) await endLeftovers(other.children)
    rmSync(path, { force: true })
  }
  return {
    update: (addresses, childPids) => {
      const children = childPids.map((pid) => ({ pid, identity: processIdentity(pid) ?? '' }))
      writeFileSync(`${path}.new`, JSON.stringify({ ...own, addresses, children }))
      renameSync(`${path}.new`, path)
    },
    release: () => rmSync(path, { force: true }),
  }
}

/** Whether a platform lives (or is starting) on this data folder. */
export function isClaimed(dataFolder: string): boolean {
  const other = read(join(dataFolder, 'supervisor.json'))
  return other !== undefined && isSameProcess(other.pid, other.identity)
}

/** A link of a finished file: it appears whole or not at all, and never over another. */
function create(path: string, content: ClaimFile): boolean {
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, JSON.stringify(content))
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

function read(path: string): ClaimFile | undefined {
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return Check(ClaimFile, content) ? content : undefined
  } catch {
    // Gone in the meantime, or not ours to understand: nobody lives there.
    return undefined
  }
}

async function endLeftovers(children: ClaimFile['children']): Promise<void> {
  const alive = () => children.filter(({ pid, identity }) => isSameProcess(pid, identity))
  const until = Date.now() + leaveWithinMilliseconds
  while (alive().length > 0 && Date.now() < until) await wait(50)
  for (const { pid } of alive()) process.kill(pid, 'SIGKILL')
}

function alreadyRuns(dataFolder: string, { pid, addresses }: ClaimFile): CannotStart {
  const list = Object.entries(addresses).map(([name, address]) => `${name} ${address}`)
  const where = list.length > 0 ? `: ${list.join(', ')}` : ', still starting'
  return new CannotStart(exitCodes.alreadyRuns, [
    `Printcloud already runs on ${dataFolder} as process ${pid}${where}.`,
    'Use it, or end it with Ctrl-C in its terminal; for a second one: npm start -- --data FOLDER --port NUMBER',
  ])
}
