import { readFile } from 'node:fs/promises'
import { dirname, resolve, sep } from 'node:path'
import { type Static, Type } from 'typebox'
import { Refused } from '#chassis/errors.ts'
import { FacilityId } from '#contracts/ids.ts'
import { type Issue, issuesOf, parse } from '#contracts/parse.ts'

const text = (description: string) => Type.String({ minLength: 1, description })

/** The facility's configuration file. Folders may be given relative to the file. */
const ConfigFile = Type.Object(
  {
    facilityId: FacilityId,
    queueUrl: text('URL of this facility’s own queue'),
    statusQueueUrl: text('URL of the queue that takes statuses'),
    printFilesBucket: text('bucket with the print files and the claims'),
    hotFolder: text('where the shop’s own system looks for jobs; must exist'),
    stateFolder: text('journal and staging; this client’s alone'),
    statusFolder: text('where the shop’s own system drops status files'),
    concurrency: Type.Optional(Type.Integer({ minimum: 1, maximum: 16, description: 'jobs in hand at once' })),
    logLevel: Type.Optional(Type.Enum(['trace', 'debug', 'info', 'warn', 'error'])),
  },
  { additionalProperties: false },
)
export type ClientConfig = Required<Static<typeof ConfigFile>>

const folders = ['hotFolder', 'stateFolder', 'statusFolder'] as const

/** Reads and checks a configuration file; folders come back absolute. Throws Refused with every fault. */
export async function readClientConfig(path: string): Promise<ClientConfig> {
  const value = await readJson(path)
  const faults = issuesOf(ConfigFile, value)
  if (faults.length > 0) throw refusal(path, faults)
  const file = parse('facility configuration', ConfigFile, value)
  const base = dirname(resolve(path))
  const config = {
    concurrency: 2,
    logLevel: 'info' as const,
    ...file,
    hotFolder: resolve(base, file.hotFolder),
    stateFolder: resolve(base, file.stateFolder),
    statusFolder: resolve(base, file.statusFolder),
  }
  const overlaps = overlapsOf(config)
  if (overlaps.length > 0) throw refusal(path, overlaps)
  return config
}

/** Folders inside one another would be taken for jobs or for statuses. */
function overlapsOf(config: ClientConfig): Issue[] {
  const issues: Issue[] = []
  for (const name of folders) {
    for (const other of folders) {
      if (name === other || !`${config[name]}${sep}`.startsWith(`${config[other]}${sep}`)) continue
      if (name < other || config[name] !== config[other]) {
        issues.push({ pointer: `/${name}`, detail: `must not be or lie inside ${other} (${config[other]})` })
      }
    }
  }
  return issues
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Refused('config', `The configuration file ${path} cannot be read as JSON: ${reason}`, [], { cause })
  }
}

function refusal(path: string, issues: readonly Issue[]): Refused {
  const lines = issues.map(({ pointer, detail }) => `  - ${pointer.slice(1) || 'the file'} ${detail}`)
  return new Refused('config', `The configuration file ${path} is not usable:\n${lines.join('\n')}`, issues)
}
