import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { ProcessSpec } from './process-spec.ts'

/** What a child inherits; anything else of the caller's environment (AWS profiles, NODE_OPTIONS) could change how it runs. */
const inherited = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'LANG', 'TZ', 'USER', 'SystemRoot'] as const

/** Starts `spec` on this same Node, with a message channel whose end tells the child to leave; `line` gets all it says. */
export function spawnNode(spec: ProcessSpec, line: (text: string) => void): ChildProcess {
  const environment: Record<string, string> = {}
  for (const name of inherited) {
    const value = process.env[name]
    if (value !== undefined) environment[name] = value
  }
  const child = spawn(process.execPath, [spec.module, ...(spec.arguments ?? [])], {
    env: { ...environment, ...spec.environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Its own process group: a Ctrl-C on the terminal reaches the supervisor alone, which then ends things in order.
    detached: process.platform !== 'win32',
  })
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', line)
  }
  return child
}
