import { spawn } from 'node:child_process'

/** How a command of the shop ended. `never_started`: there is no such program. `cut_off`: a signal or the time limit ended it. */
export type CommandEnd =
  | { readonly kind: 'exited'; readonly code: number; readonly lastWords: string }
  | { readonly kind: 'never_started'; readonly reason: string }
  | { readonly kind: 'cut_off'; readonly reason: string }

export type ShopCommand = {
  readonly command: readonly [string, ...string[]]
  readonly folder: string
  readonly environment: Readonly<Record<string, string>>
  readonly limitMilliseconds: number
}

/** The end of what it wrote to standard error is kept for people. */
const keptBytes = 4_000
const longestWords = 300

/**
 * Runs a command of the shop's own, without a shell, with the job's folder as its last argument and its working folder; never throws.
 * It gets no input; what it writes is kept for its last words alone.
 */
export function runShopCommand({ command, folder, environment, limitMilliseconds }: ShopCommand): Promise<CommandEnd> {
  const [program, ...words] = command
  return new Promise((ended) => {
    const child = spawn(program, [...words, folder], {
      cwd: folder,
      env: { ...environment },
      stdio: ['ignore', 'ignore', 'pipe'],
      windowsHide: true,
    })
    let said = Buffer.alloc(0)
    child.stderr.on('data', (chunk: Buffer) => {
      said = Buffer.concat([said, chunk]).subarray(-keptBytes)
    })
    const limit = setTimeout(() => child.kill('SIGKILL'), limitMilliseconds)
    child.once('error', (error) => {
      clearTimeout(limit)
      if (child.pid === undefined) ended({ kind: 'never_started', reason: error.message })
    })
    // Not `close`: a grandchild that keeps the pipe open must not hold up the job.
    child.once('exit', (code, signal) => {
      clearTimeout(limit)
      // Its last words may still be in the pipe.
      setImmediate(() => {
        child.stderr.destroy()
        if (code === null) ended({ kind: 'cut_off', reason: String(signal) })
        else ended({ kind: 'exited', code, lastWords: lastWordsOf(said.toString('utf8')) })
      })
    })
  })
}

/** The last line that says something; pure. */
export function lastWordsOf(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => line.replaceAll(/\p{Cc}+/gu, ' ').trim())
  return (lines.findLast((line) => line !== '') ?? '').slice(0, longestWords)
}
