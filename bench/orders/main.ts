import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { forgetData } from '../../local/platform/folders.ts'
import { CannotStart } from '../../local/supervisor/cannot-start.ts'
import { machine } from '../machine.ts'
import { type BenchArguments, benchHelp, readBenchArguments } from './arguments.ts'
import { measureDelivery } from './delivery.ts'
import { measureIntake } from './intake.ts'
import { type Results, reportOf } from './report.ts'

/** A sign of the end is heard between two rounds or orders. */
const ending = new AbortController()
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => ending.abort(new Error(name)))

try {
  const options = readBenchArguments(process.argv.slice(2))
  process.stdout.write(options.isHelp ? benchHelp : await report(options))
} catch (error) {
  process.exitCode = 1
  if (error instanceof CannotStart) {
    process.exitCode = error.exitCode
    process.stderr.write(`${error.lines.join('\n')}\n`)
  } else if (!ending.signal.aborted) throw error
}

async function report(options: BenchArguments): Promise<string> {
  const results = await measure(options)
  return options.isJson ? `${JSON.stringify(results, undefined, 2)}\n` : reportOf(results)
}

/** Each part on a fresh platform in a folder of its own, which is removed. */
async function measure({ parts, ...rest }: BenchArguments): Promise<Results> {
  const { signal } = ending
  return {
    machine: machine(),
    ...(parts.includes('intake') && { intake: await inFolder((folder) => measureIntake({ ...rest, folder, signal })) }),
    ...(parts.includes('delivery') && {
      delivery: await inFolder((folder) => measureDelivery({ ...rest, folder, signal })),
    }),
  }
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'printcloud-bench-'))
  try {
    return await work(folder)
  } finally {
    await forgetData(folder)
    await rm(folder, { recursive: true, force: true })
  }
}
