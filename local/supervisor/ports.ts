import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { CannotStart, exitCodes } from './cannot-start.ts'
import { holderOf } from './port-holder.ts'

/** Below the ports that systems give to outgoing connections (from 32768): those could take ours while a part restarts. */
const chosenFrom = 12_000
const chosenBelow = 32_000
const mostTries = 50

/** Throws CannotStart (exit code 2) that names the first taken port; `parts` are what stands on `base`, `base` + 1, … */
export async function requireFreePorts(base: number, parts: readonly string[]): Promise<void> {
  for (const [index, part] of parts.entries()) {
    const port = base + index
    const fault = await faultOf(port)
    if (fault === undefined) continue
    const holder = fault === 'EADDRINUSE' ? holderOf(port) : undefined
    const why = fault === 'EACCES' ? 'may not be used by this account' : `is taken${holder ? ` by ${holder}` : ''}`
    const other = base < 4500 ? 4500 : base + 100
    throw new CannotStart(exitCodes.portTaken, [
      `Port ${port}, needed for ${part}, ${why}.`,
      `Free it, or choose other ports (${parts.length} in a row): npm start -- --port ${other}`,
    ])
  }
}

/** The first of `count` free ports in a row, chosen by chance. */
export async function freePorts(count: number): Promise<number> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const base = randomInt(chosenFrom, chosenBelow - count)
    const faults = await Promise.all(Array.from({ length: count }, (_, index) => faultOf(base + index)))
    if (faults.every((fault) => fault === undefined)) return base
  }
  throw new CannotStart(exitCodes.portTaken, [
    `No ${count} free ports in a row were found between ${chosenFrom} and ${chosenBelow}.`,
    'Choose them yourself: npm start -- --port NUMBER',
  ])
}

/** Why nobody can listen on this port of 127.0.0.1; undefined when it is free. */
function faultOf(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error) => resolve('code' in error ? String(error.code) : error.message))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(undefined)))
  })
}
