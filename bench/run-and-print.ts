import { CannotStart } from '../local/supervisor/cannot-start.ts'

/**
 * Prints what `work` answers. A sign of the end aborts `signal`, and is no fault then; whoever called it wrongly is told in words, with
 * that fault's exit code.
 */
export async function runAndPrint(work: (signal: AbortSignal) => Promise<string>): Promise<void> {
  const ending = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => ending.abort(new Error(name)))
  try {
    process.stdout.write(await work(ending.signal))
  } catch (error) {
    process.exitCode = 1
    if (error instanceof CannotStart) {
      process.exitCode = error.exitCode
      process.stderr.write(`${error.lines.join('\n')}\n`)
    } else if (!ending.signal.aborted) throw error
  }
}
