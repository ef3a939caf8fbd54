import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { type Static, Type } from 'typebox'
import { Refused } from '#chassis/errors.ts'
import { ifThere } from '#chassis/if-there.ts'
import { FacilityId } from '#contracts/ids.ts'
import { matches } from '#contracts/parse.ts'
import { credentialsPathOf } from '../config/connection.ts'

/** Where a client that enrols keeps what it is given. */
export type EnrolmentPlace = {
  readonly configPath: string
  readonly stateFolder: string
  readonly credentialsPath: string
  /** Whether there is a configuration already. It is never written over. */
  readonly isConfigured: boolean
  readonly facilityId: string | undefined
}

/** What a client begins with that has no configuration: three folders beside the file. */
export const firstConfig = { hotFolder: 'hot', stateFolder: 'state', statusFolder: 'status' } as const

const Told = Type.Object({
  facilityId: Type.Optional(FacilityId),
  stateFolder: Type.String({ minLength: 1 }),
  credentials: Type.Optional(Type.String({ minLength: 1 })),
})

/** Reads of a configuration what enrolment needs, or says what it will be. Throws Refused for one that cannot be used. */
export async function enrolmentPlace(path: string): Promise<EnrolmentPlace> {
  const configPath = resolve(path)
  const base = dirname(configPath)
  const told = await configIn(configPath)
  const { stateFolder } = told ?? firstConfig
  return {
    configPath,
    stateFolder: resolve(base, stateFolder),
    credentialsPath: credentialsPathOf(told ?? firstConfig, base),
    isConfigured: told !== undefined,
    facilityId: told?.facilityId,
  }
}

async function configIn(path: string): Promise<Static<typeof Told> | undefined> {
  const text = await ifThere(readFile(path, 'utf8'))
  if (text === undefined) return undefined
  const value = jsonOf(path, text)
  if (matches(Told, value)) return value
  throw new Refused(
    'config',
    `The configuration file ${path} names no stateFolder: correct it, or move it away to begin anew`,
  )
}

function jsonOf(path: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Refused('config', `The configuration file ${path} cannot be read as JSON: ${reason}`, [], { cause })
  }
}
