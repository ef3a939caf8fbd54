import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { Refused } from '#chassis/errors.ts'
import { ifThere } from '#chassis/if-there.ts'
import { type Issue, issuesOf, parse } from '#contracts/parse.ts'
import { ConfigFile, type OutputConfig, type ProductRule } from './config/config-file.ts'
import { type Connection, readConnection } from './config/connection.ts'
import { faultsOnWindows, foldersOf } from './config/folders-of.ts'
import { overlapsOf } from './config/overlaps.ts'
import { faultsOfProducts, readOutputs } from './config/read-outputs.ts'

/** What a client runs by: every default filled in, every folder absolute. */
export type ClientConfig = Connection & {
  readonly outputs: Readonly<Record<string, OutputConfig>>
  readonly products: readonly ProductRule[]
  readonly accept: 'automatic' | 'by_hand'
  readonly stateFolder: string
  readonly statusFolder: string
  /** The local page; false: none. */
  readonly page: { readonly port: number } | false
  readonly concurrency: number
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error'
}

const defaultPort = 4_480

/** Reads and checks a configuration file and what enrolment wrote. Throws Refused with every fault. */
export async function readClientConfig(path: string): Promise<ClientConfig> {
  return clientConfigOf(await readJson(path), dirname(resolve(path)), `The configuration file ${path}`)
}

/** What the content of a configuration file means, its folders seen from `base`. Throws Refused with every fault; `what` names the file. */
export async function clientConfigOf(value: unknown, base: string, what = 'The configuration'): Promise<ClientConfig> {
  const { outputs, issues } = readOutputs(value, base)
  const { connection, issues: unconnected } = await readConnection(value, base)
  const faults = [...issuesOf(ConfigFile, value), ...issues, ...unconnected]
  if (faults.length > 0 || connection === undefined) throw refusal(what, faults)
  const file = parse('facility configuration', ConfigFile, value)
  const config = { ...connection, outputs, ...withDefaults(file, base) }
  const folders = foldersOf(config, file.hotFolder !== undefined)
  const meant = [
    ...faultsOfProducts(config.products, outputs),
    ...overlapsOf(folders),
    ...(process.platform === 'win32' ? faultsOnWindows(folders) : []),
  ]
  if (meant.length > 0) throw refusal(what, meant)
  return config
}

const withDefaults = (file: ConfigFile, base: string): Omit<ClientConfig, keyof Connection | 'outputs'> => ({
  products: file.products ?? [],
  accept: file.accept ?? 'automatic',
  stateFolder: resolve(base, file.stateFolder),
  statusFolder: resolve(base, file.statusFolder),
  page: file.page === false ? false : { port: file.page?.port ?? defaultPort },
  concurrency: file.concurrency ?? 2,
  logLevel: file.logLevel ?? 'info',
})

async function readJson(path: string): Promise<unknown> {
  const text = await ifThere(readFile(path, 'utf8'))
  if (text === undefined) {
    const words = `There is no configuration file ${resolve(path)}: "printcloud-print-client enrol CODE" writes one`
    throw new Refused('config', `${words}, with a code of the operator`)
  }
  try {
    // Editors on Windows begin a file with a mark of its encoding.
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Refused('config', `The configuration file ${path} cannot be read as JSON: ${reason}`, [], { cause })
  }
}

function refusal(what: string, issues: readonly Issue[]): Refused {
  const lines = issues.map(
    ({ pointer, detail }) => `  - ${pointer.slice(1).replaceAll('/', '.') || 'the file'} ${detail}`,
  )
  return new Refused('config', `${what} is not usable:\n${lines.join('\n')}`, issues)
}
