import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createLog } from '#chassis/log.ts'
import { openSandboxPool } from '../../services/processor/sandbox/pool.ts'
import { runAndPrint } from '../run-and-print.ts'
import { type CorpusArguments, corpusHelp, readCorpusArguments } from './arguments.ts'
import { openComparer } from './comparer.ts'
import { convertFile } from './convert-file.ts'
import type { FileResult } from './file-result.ts'
import { findFiles } from './find-files.ts'
import { corpusReport } from './report.ts'
import { reuseChildren } from './reused-children.ts'

const lanes = 2

await runAndPrint(async (signal) => {
  const options = readCorpusArguments(process.argv.slice(2))
  return options.isHelp ? corpusHelp : await run(options, signal)
})

async function run({ folder, limit, product, isJson, keep }: CorpusArguments, signal: AbortSignal): Promise<string> {
  const files = await findFiles(resolve(folder), limit)
  const home = await mkdtemp(join(tmpdir(), 'corpus-rooms-'))
  const pool = await openSandboxPool(home, 1, createLog('corpus', 'silent'))
  const children = reuseChildren(pool)
  const comparers = Array.from({ length: lanes }, openComparer)
  const results: FileResult[] = []
  const beganAt = performance.now()
  const queue = [...files]
  try {
    await Promise.all(
      comparers.map(async (comparer) => {
        for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
          const result = await convertFile(file, { children, pool, comparer, product, keep, signal })
          results.push(result)
          if (isJson) process.stdout.write(`${JSON.stringify(result)}\n`)
          if (process.stderr.isTTY) process.stderr.write(`\r${results.length} of ${files.length}`)
        }
      }),
    )
  } finally {
    for (const comparer of comparers) comparer.close()
    await children.close()
    await rm(home, { recursive: true, force: true })
  }
  if (isJson) return ''
  const sorted = results.toSorted((one, other) => (one.file < other.file ? -1 : 1))
  return corpusReport(resolve(folder), sorted, (performance.now() - beganAt) / 1000)
}
