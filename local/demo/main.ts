import { onParentGone } from '../parent-gone.ts'
import { CannotStart } from '../supervisor/cannot-start.ts'
import { wantsColour } from '../wants-colour.ts'
import { ApiRefusal } from './api.ts'
import { demoHelp, readDemoArguments } from './arguments.ts'
import type { ProgressOutput } from './progress.ts'
import { resultTable } from './result-table.ts'
import { runDemo } from './run-demo.ts'
import { UsageError } from './usage-error.ts'

const ending = new AbortController()
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => ending.abort(new Error(name)))
onParentGone(() => ending.abort(new Error('npm has ended')))

const { stderr, stdout } = process
const output: ProgressOutput = {
  write: (text) => void stderr.write(text),
  isLive: stderr.isTTY === true && process.env.TERM !== 'dumb',
  isColoured: wantsColour(stderr),
  columns: stderr.columns ?? 80,
}

try {
  const options = readDemoArguments(process.argv.slice(2))
  if (options.isHelp) stdout.write(demoHelp)
  else {
    const results = await runDemo(options, output, ending.signal)
    const isAllShipped = results.every(({ isShipped }) => isShipped)
    if (options.isJson) stdout.write(`${JSON.stringify({ isAllShipped, orders: results }, undefined, 2)}\n`)
    else stdout.write(`\n${resultTable(results)}\n`)
    process.exitCode = isAllShipped ? 0 : 1
  }
} catch (error) {
  process.exitCode = error instanceof UsageError ? 2 : 1
  if (ending.signal.aborted) stderr.write('Ended before all was shipped; placed orders go on when the platform runs.\n')
  else stderr.write(`${wordsOf(error)}\n`)
}

function wordsOf(error: unknown): string {
  if (error instanceof CannotStart) return error.lines.join('\n')
  if (error instanceof UsageError || error instanceof ApiRefusal) return error.message
  if (!(error instanceof Error)) return String(error)
  // fetch says only that it failed; why is in its cause.
  const cause = error.cause instanceof Error && error.message === 'fetch failed' ? `: ${error.cause.message}` : ''
  return `${error.message}${cause}\nThe platform's logs are in .printcloud/logs.`
}
