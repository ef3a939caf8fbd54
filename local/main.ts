import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { addressTable } from './address-table.ts'
import { onParentGone } from './parent-gone.ts'
import type { Platform } from './platform/platform.ts'
import { startPlatform } from './platform/start-platform.ts'
import { readStartArguments, type StartArguments, startHelp } from './start-arguments.ts'
import { CannotStart } from './supervisor/cannot-start.ts'
import { wantsColour } from './wants-colour.ts'

/** First sign of the end: stop in order. Second: at once. */
const ending = new AbortController()
const atOnce = new AbortController()
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => (ending.signal.aborted ? atOnce : ending).abort(new Error(name)))
}
onParentGone(() => ending.abort(new Error('npm has ended')))
// Nobody reads any more (`npm start | head`): the end, not a crash.
process.stdout.on('error', () => ending.abort(new Error('EPIPE')))

try {
  const options = readStartArguments(process.argv.slice(2))
  if (options.isHelp) process.stdout.write(startHelp)
  else await runUntilEnded(options)
} catch (error) {
  process.exitCode = 1
  if (error instanceof CannotStart) {
    process.exitCode = error.exitCode
    process.stderr.write(`${error.lines.join('\n')}\n`)
  } else if (!ending.signal.aborted) throw error
}

async function runUntilEnded(options: StartArguments): Promise<void> {
  const isSilent = options.isJson || options.isQuiet
  const write = (text: string) => void process.stdout.write(text)
  const platform = await startPlatform(
    {
      ...options,
      ...(isSilent
        ? {}
        : { terminal: { write, isColoured: wantsColour(process.stdout), columns: () => process.stdout.columns } }),
    },
    ending.signal,
  )
  announce(platform, options)
  const shop = spawn(
    process.execPath,
    [join(import.meta.dirname, 'demo-shop', 'main.ts'), resolve(options.dataFolder)],
    {
      stdio: ['ignore', 'ignore', isSilent ? 'ignore' : 'inherit'],
    },
  )
  await new Promise<void>((done) => {
    if (ending.signal.aborted) done()
    else ending.signal.addEventListener('abort', () => done(), { once: true })
  })
  if (!isSilent) write('Ending; Ctrl-C again ends at once.\n')
  shop.kill()
  await platform.close(atOnce.signal)
}

function announce({ local }: Platform, options: StartArguments): void {
  if (options.isJson) process.stdout.write(`${JSON.stringify(local, undefined, 2)}\n`)
  else process.stdout.write(`${addressTable(local, resolve(options.dataFolder), process.uptime() * 1000)}\n`)
}
