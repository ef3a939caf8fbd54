import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Static, Type } from 'typebox'
import { FacilityId } from '#contracts/ids.ts'
import { type Issue, issuesOf, matches, parse } from '#contracts/parse.ts'

const Fields = Type.Object({
  facilityId: FacilityId,
  queueUrl: Type.String({ minLength: 1 }),
  statusQueueUrl: Type.String({ minLength: 1 }),
  printFilesBucket: Type.String({ minLength: 1 }),
})
const names = ['facilityId', 'queueUrl', 'statusQueueUrl', 'printFilesBucket'] as const

/** Whose jobs a client takes, and where. */
export type Connection = Static<typeof Fields> & {
  /** What enrolment wrote, where the client was enrolled; else the SDK finds credentials by itself. */
  readonly credentials?: string
}

export type ConnectionRead = {
  readonly connection?: Connection
  readonly issues: readonly Issue[]
}

/** As far as a configuration tells about it; the rest is in the file that enrolment wrote. */
const Told = Type.Object({
  ...Type.Partial(Fields).properties,
  stateFolder: Type.Optional(Type.String()),
  credentials: Type.Optional(Type.String()),
})

/** Where enrolment keeps its file, unless the configuration says another place. */
export const credentialsName = 'credentials.json'

/** The file that enrolment writes, of a configuration that lies in `base`. */
export const credentialsPathOf = (
  { stateFolder = '.', credentials }: { readonly stateFolder?: string; readonly credentials?: string },
  base: string,
): string => resolve(base, credentials ?? join(stateFolder, credentialsName))

/** Whose jobs, and where: from the configuration, and what it leaves out from the file that enrolment wrote. Tells every fault. */
export async function readConnection(value: unknown, base: string): Promise<ConnectionRead> {
  const told = matches(Told, value) ? value : {}
  const path = credentialsPathOf(told, base)
  const { content, issues } = await contentOf(path, told.credentials !== undefined)
  const found = { ...content, ...Object.fromEntries(names.flatMap((name) => (told[name] ? [[name, told[name]]] : []))) }
  const isRecord = typeof value === 'object' && value !== null
  const missing = names.filter((name) => !(name in found) && !(isRecord && name in value))
  const all = [
    ...issues,
    ...missing.map((name) => ({ pointer: `/${name}`, detail: 'is required, or enrol this client' })),
  ]
  if (content?.facilityId !== undefined && found.facilityId !== content.facilityId) {
    all.push({ pointer: '/facilityId', detail: `must be ${content.facilityId}, for which this client was enrolled` })
  }
  if (all.length > 0 || issuesOf(Fields, found).length > 0) return { issues: all }
  const credentials = content === undefined ? {} : { credentials: path }
  return { connection: { ...parse('connection', Fields, found), ...credentials }, issues: [] }
}

type Content = { readonly content?: Partial<Static<typeof Fields>>; readonly issues: readonly Issue[] }

async function contentOf(path: string, isNamed: boolean): Promise<Content> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'))
    if (!matches(Fields, value)) throw new Error('it holds no address of a queue: enrol again')
    const { facilityId, queueUrl, statusQueueUrl, printFilesBucket } = value
    return { content: { facilityId, queueUrl, statusQueueUrl, printFilesBucket }, issues: [] }
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (isAbsent && !isNamed) return { issues: [] }
    const reason = error instanceof Error ? error.message : String(error)
    return { issues: [{ pointer: '/credentials', detail: `names ${path}, which cannot be used: ${reason}` }] }
  }
}
