import { createHash } from 'node:crypto'
import { link, mkdir, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { Type } from 'typebox'
import type { Clock } from '#chassis/clock.ts'
import { Refused } from '#chassis/errors.ts'
import { type KeyPair, makeKeyPair, openSealed } from '#chassis/sealed-box.ts'
import { readEnrolmentCode } from '#contracts/enrolment-code.ts'
import { FacilityGrant, sealContext } from '#contracts/facility-grant.ts'
import type { FacilityEnrolment } from '#contracts/order-api/facility-enrolment.ts'
import { matches, parse } from '#contracts/parse.ts'
import { keepClientId } from '../journal/client-id.ts'
import { syncFolder, writeDurably } from '../journal/durable.ts'
import { askForGrant } from './ask-for-grant.ts'
import {
  type CredentialsFile,
  privateText,
  readCredentials,
  StoredKeyPair,
  writePrivately,
} from './credentials-file.ts'
import { type EnrolmentPlace, enrolmentPlace, firstConfig } from './enrolment-place.ts'

export type Enrol = { readonly code: string; readonly configPath: string }

/**
 * Lets this client in with a code of the operator: credentials beside its journal, and a configuration where there is none. It may be cut
 * off anywhere and run again with the same code: the key is on the disk before it is sent, so the API answers the same. Gives the words
 * for whoever ran it; throws Refused, and Transient when the API does not answer.
 */
export async function enrol({ code: text, configPath }: Enrol, clock: Clock): Promise<string> {
  const code = readEnrolmentCode(text)
  if (code === undefined) {
    throw new Refused(
      'code_not_whole',
      'This is no enrolment code, or not the whole of one. It begins with pce_, ends with the address of the API, and has no spaces.',
    )
  }
  const place = await enrolmentPlace(configPath)
  const enrolledWith = createHash('sha256').update(text.trim()).digest('hex')
  const known = await readCredentials(place.credentialsPath)
  if (known?.enrolledWith === enrolledWith) return await configured(place, known, 'was let in with this code before')
  await mkdir(place.stateFolder, { recursive: true })
  const clientId = await keepClientId(place.stateFolder)
  const keyPair = await keepKeyPair(place, enrolledWith)
  const answer = await askForGrant(
    code,
    {
      ...{ code: text.trim(), client_id: clientId, client_name: hostname().slice(0, 80) || 'print client' },
      public_key: keyPair.publicKey,
      ...(place.facilityId === undefined ? {} : { facility_id: place.facilityId }),
    },
    clock,
  )
  const grant = grantIn(answer, clientId, keyPair)
  const credentials: CredentialsFile = {
    ...{ format: 'printcloud-credentials', version: 1, clientId, ...grant, keyPair, enrolledWith },
  }
  await writePrivately(place.credentialsPath, credentials)
  await rm(pendingOf(place), { force: true })
  return await configured(place, credentials, 'is let in')
}

const Pending = Type.Object({ enrolledWith: Type.String(), keyPair: StoredKeyPair })
const pendingOf = ({ credentialsPath }: EnrolmentPlace): string => join(dirname(credentialsPath), 'enrolment.json')

/** One key for one code, however often it is asked with. */
async function keepKeyPair(place: EnrolmentPlace, enrolledWith: string): Promise<KeyPair> {
  const path = pendingOf(place)
  const text = await privateText(path)
  const value: unknown = text === undefined ? undefined : JSON.parse(text)
  if (matches(Pending, value) && value.enrolledWith === enrolledWith) return value.keyPair
  const keyPair = makeKeyPair()
  await writePrivately(path, { enrolledWith, keyPair })
  return keyPair
}

function grantIn({ facility_id: facilityId, sealed }: FacilityEnrolment, clientId: string, keyPair: KeyPair) {
  const opened = openSealed(keyPair, sealContext('enrolment', facilityId, clientId), sealed)
  const grant = opened === undefined ? undefined : parse('grant', FacilityGrant, JSON.parse(opened))
  if (grant?.facilityId === facilityId) return grant
  throw new Refused(
    'answer_not_ours',
    'The answer is not sealed to this client: somebody stands between it and the API',
  )
}

/** The file is written whole beside its place, and gets its name only where none is. */
async function configured(place: EnrolmentPlace, { facilityId, clientId }: CredentialsFile, what: string) {
  const { configPath, isConfigured, credentialsPath } = place
  const base = dirname(configPath)
  if (!isConfigured) {
    for (const folder of [firstConfig.hotFolder, firstConfig.statusFolder]) {
      await mkdir(resolve(base, folder), { recursive: true })
    }
    await writeDurably(`${configPath}.next`, `${JSON.stringify(firstConfig, undefined, 2)}\n`)
    await link(`${configPath}.next`, configPath).catch(ignoreExisting)
    await rm(`${configPath}.next`)
    await syncFolder(base)
  }
  return [
    `This client (${clientId}) ${what} at ${facilityId}.`,
    `  credentials    ${credentialsPath}   for this user alone: never copy it to another machine`,
    `  configuration  ${configPath}   ${isConfigured ? 'was there, left as it is' : 'new: jobs appear in the folder hot beside it'}`,
    `Start it: printcloud-print-client --config ${configPath}`,
    '',
  ].join('\n')
}

function ignoreExisting(error: unknown): void {
  // Somebody wrote one meanwhile: it is theirs.
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
}
