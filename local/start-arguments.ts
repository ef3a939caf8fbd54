import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { defaultBasePort, listeners } from './platform/addresses.ts'
import { defaultShopStepMilliseconds } from './platform/start-platform.ts'
import { CannotStart, exitCodes } from './supervisor/cannot-start.ts'

export type StartArguments = {
  readonly isHelp: boolean
  readonly isFresh: boolean
  readonly isJson: boolean
  readonly isQuiet: boolean
  readonly port: number
  readonly dataFolder: string
  readonly allowedSources: readonly string[]
  readonly allowedWebhooks: readonly string[]
  /** How long the simulated shops take for each step. */
  readonly shopStepMilliseconds: number
}

/** The data folder of the checkout: the same one wherever a command is started from. */
export const defaultDataFolder = join(import.meta.dirname, '..', '.printcloud')

const longestShopStep = 24 * 3600 * 1000
const highestBase = 65_535 - listeners.length + 1
const use =
  'Use: npm start -- [--fresh] [--port NUMBER] [--data FOLDER] [--allow-source ORIGIN]\n     [--allow-webhook ORIGIN] [--shop-step MS] [--json] [--quiet]'

export const startHelp = `Starts all of Printcloud on 127.0.0.1 and keeps it running until Ctrl-C.

${use}

  --fresh                begin anew: forget orders, files and keys
  --port NUMBER          first of ${listeners.length} ports in a row (default ${defaultBasePort}; 0 takes free ones)
  --data FOLDER          where data and logs live (default .printcloud)
  --allow-source ORIGIN  let customers' files come from this origin on this machine;
                         may be given more than once
  --allow-webhook ORIGIN let webhooks go to this origin on this machine;
                         may be given more than once
  --shop-step MS         time between printing, printed, packed and shipped at the
                         simulated shops (default ${defaultShopStepMilliseconds}); five of it until delivered
  --json                 print local.json when ready, and no log lines
  --quiet                print the addresses, and no log lines

Exit codes: 0 ended by Ctrl-C, 1 did not start, 2 port taken or wrong argument,
3 already runs on that data folder.
`

/** Reads the command line of `npm start`; throws CannotStart (exit code 2) that says what is wrong. */
export function readStartArguments(commandLine: readonly string[]): StartArguments {
  const values = parsed(commandLine)
  return {
    isHelp: values.help ?? false,
    isFresh: values.fresh ?? false,
    isJson: values.json ?? false,
    isQuiet: values.quiet ?? false,
    port: portOf(values.port),
    dataFolder: values.data ?? defaultDataFolder,
    allowedSources: (values['allow-source'] ?? []).map(originOf('--allow-source')),
    allowedWebhooks: (values['allow-webhook'] ?? []).map(originOf('--allow-webhook')),
    shopStepMilliseconds: shopStepOf(values['shop-step']),
  }
}

function parsed(commandLine: readonly string[]) {
  try {
    return parseArgs({
      args: [...commandLine],
      options: {
        help: { type: 'boolean', short: 'h' },
        fresh: { type: 'boolean' },
        json: { type: 'boolean' },
        quiet: { type: 'boolean' },
        port: { type: 'string' },
        data: { type: 'string' },
        'allow-source': { type: 'string', multiple: true },
        'allow-webhook': { type: 'string', multiple: true },
        'shop-step': { type: 'string' },
      },
    }).values
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    throw wrong(withExample(words))
  }
}

const examples: Readonly<Record<string, string>> = {
  '--port': '--port 4500',
  '--data': '--data /tmp/other',
  '--allow-source': '--allow-source http://127.0.0.1:8080',
  '--allow-webhook': '--allow-webhook http://127.0.0.1:3000',
  '--shop-step': '--shop-step 400',
}

/** Of an option that lacks its value it is said how it is written. */
function withExample(words: string): string {
  const [, option = ''] = /^Option '(--[\w-]+)(?: <value>)?' argument (?:missing|is ambiguous)/.exec(words) ?? []
  return Object.hasOwn(examples, option) ? `${option} has no value; it is written such as ${examples[option]}.` : words
}

function portOf(text: string | undefined): number {
  if (text === undefined) return defaultBasePort
  const port = Number(text)
  if (text.trim() !== '' && Number.isInteger(port) && port >= 0 && port <= highestBase) return port
  throw wrong(`--port is ${JSON.stringify(text)}; it must be a whole number from 0 to ${highestBase}.`)
}

function shopStepOf(text: string | undefined): number {
  if (text === undefined) return defaultShopStepMilliseconds
  const step = Number(text)
  if (text.trim() !== '' && Number.isInteger(step) && step >= 1 && step <= longestShopStep) return step
  throw wrong(
    `--shop-step is ${JSON.stringify(text)}; it must be a whole number of milliseconds from 1 to ${longestShopStep}.`,
  )
}

const originOf =
  (option: string) =>
  (text: string): string => {
    const url = URL.canParse(text) ? new URL(text) : undefined
    if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return url.origin
    throw wrong(`${option} is ${JSON.stringify(text)}; it must be an origin such as http://127.0.0.1:8080.`)
  }

function wrong(why: string): CannotStart {
  return new CannotStart(exitCodes.badArguments, [why, use])
}
