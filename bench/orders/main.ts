import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { forgetData } from '../../local/platform/folders.ts'
import { machine } from '../machine.ts'
import { runAndPrint } from '../run-and-print.ts'
import { type BenchArguments, benchHelp, readBenchArguments } from './arguments.ts'
import type { Pairs } from './compare.ts'
import { measureDelivery } from './delivery.ts'
import { type Intake, measureIntake } from './intake.ts'
import { measureMemory } from './memory.ts'
import { measureQuotes } from './quotes.ts'
import { measureReads } from './reads.ts'
import { type Results, reportOf } from './report.ts'

// A sign of the end is heard between two rounds or orders.
await runAndPrint(async (signal) => {
  const options = readBenchArguments(process.argv.slice(2))
  return options.isHelp ? benchHelp : await report(options, signal)
})

async function report(options: BenchArguments, signal: AbortSignal): Promise<string> {
  const results = await measure(options, signal)
  return options.isJson ? `${JSON.stringify(results, undefined, 2)}\n` : reportOf(results)
}

/** Each part on a fresh platform in a folder of its own, which is removed. */
async function measure({ parts, clients, ...rest }: BenchArguments, signal: AbortSignal): Promise<Results> {
  const pairs = { rounds: rest.rounds, seconds: rest.seconds, signal }
  return {
    machine: machine(),
    ...(parts.includes('intake') && { intake: await intakes(clients, pairs) }),
    ...(parts.includes('delivery') && {
      delivery: await inFolder((folder) => measureDelivery({ ...rest, folder, signal })),
    }),
    ...(parts.includes('reads') && {
      reads: await inFolder((folder) => measureReads({ ...pairs, clients: Math.max(...clients), folder })),
    }),
    ...(parts.includes('memory') && {
      memory: await inFolder((folder) => measureMemory({ folder, orders: rest.accepted, signal })),
    }),
    ...(parts.includes('quotes') && { quotes: await inFolder((folder) => measureQuotes({ ...pairs, folder })) }),
  }
}

async function intakes(clients: readonly number[], pairs: Pairs): Promise<Intake[]> {
  const made: Intake[] = []
  for (const each of clients) made.push(await inFolder((folder) => measureIntake({ ...pairs, clients: each, folder })))
  return made
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
