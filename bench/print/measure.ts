import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** What one run of a process tree took. */
export type Run = {
  readonly wallMs: number
  /** User and system time of the tree, the ended processes included. */
  readonly cpuMs: number
  /** Highest sum of the peaks (VmHWM) of the processes that lived at the same time; seen every 20 ms. */
  readonly peakMB: number
  readonly stdout: string
}

export type Command = {
  readonly program: string
  readonly arguments: readonly string[]
  readonly environment: Readonly<Record<string, string>>
}

const lookEveryMs = 20
/** The kernel counts in hundredths of a second on every Linux that Node runs on. */
const tickMs = 10

/** Runs a command to its end, alone; throws with its last words when it fails. Needs /proc. */
export async function measure({ program, arguments: rest, environment }: Command): Promise<Run> {
  const cpuBefore = endedChildrenMs()
  const beganAt = performance.now()
  const child = spawn(program, rest, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (bytes: Buffer) => {
    stdout += bytes.toString('utf8')
  })
  child.stderr.on('data', (bytes: Buffer) => {
    stderr = (stderr + bytes.toString('utf8')).slice(-2000)
  })
  let peakKB = 0
  const look = (): void => {
    if (child.pid !== undefined) peakKB = Math.max(peakKB, peakOfTree(child.pid))
  }
  const timer = setInterval(look, lookEveryMs)
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', resolve)
    })
    const wallMs = performance.now() - beganAt
    if (code !== 0) throw new Error(`${program} ended with ${code}: ${stderr.trim()}`)
    return { wallMs, cpuMs: endedChildrenMs() - cpuBefore, peakMB: peakKB / 1000, stdout }
  } finally {
    clearInterval(timer)
  }
}

/** CPU time of all children of this process that have ended, and of theirs. */
function endedChildrenMs(): number {
  const fields = statOf(process.pid)
  return (Number(fields[13]) + Number(fields[14])) * tickMs
}

function statOf(pid: number): readonly string[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // After the name in brackets: state, parent, …
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}

function peakOfTree(root: number): number {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const parent = attempt(() => Number(statOf(Number(name))[1]))
    if (parent !== undefined) parents.set(Number(name), parent)
  }
  let sum = 0
  const family = [root]
  for (let pid = family.pop(); pid !== undefined; pid = family.pop()) {
    const own = pid
    sum += attempt(() => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${own}/status`, 'utf8'))?.[1] ?? 0)) ?? 0
    for (const [child, parent] of parents) if (parent === own) family.push(child)
  }
  return sum
}

/** A process may end between two looks. */
function attempt<T>(look: () => T): T | undefined {
  try {
    return look()
  } catch {
    return undefined
  }
}
