import { openTerminal } from '#chassis/command-line/terminal.ts'
import { exitCodes } from './exit-codes.ts'
import { runCommandLine } from './run-command-line.ts'

/** `npx printcloud`, all that needs the API; see command-table.ts. */
const ending = new AbortController()
let askedAt: number | undefined
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    // "npx printcloud" passes on what the terminal has told us already; whoever asks again later means now.
    if (askedAt !== undefined && performance.now() - askedAt > 1_000) process.exit(exitCodes.stopped)
    askedAt ??= performance.now()
    ending.abort(new Error(name))
  })
}
// Whoever reads our lines may have had enough of them (`… | head`).
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => ending.abort(new Error('EPIPE')))

process.exitCode = await runCommandLine(process.argv.slice(2), { terminal: openTerminal(), signal: ending.signal })
