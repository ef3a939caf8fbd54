import { readFile, stat } from 'node:fs/promises'
import { type Static, Type } from 'typebox'
import { Refused } from '#chassis/errors.ts'
import { ifThere } from '#chassis/if-there.ts'
import { FacilityClientId, FacilityGrant } from '#contracts/facility-grant.ts'
import { issuesOf, parse } from '#contracts/parse.ts'
import { replaceDurably } from '../journal/durable.ts'

export const StoredKeyPair = Type.Object({ publicKey: Type.String(), privateKey: Type.String() })

/** What enrolment gave, and the key that opens what is sealed to this client. */
export const CredentialsFile = Type.Object({
  format: Type.Literal('printcloud-credentials'),
  version: Type.Literal(1),
  clientId: FacilityClientId,
  ...FacilityGrant.properties,
  keyPair: StoredKeyPair,
  /** SHA-256 of the code: the same code again finds that all is done. */
  enrolledWith: Type.String(),
})
export type CredentialsFile = Static<typeof CredentialsFile>

/** For its owner alone. Windows knows no such modes: there the folder's own rights decide. */
const ownerOnly = 0o600
const othersMask = 0o077

/** The file, or undefined when there is none. Throws Refused where others may read it, or it is not what enrolment wrote. */
export async function readCredentials(path: string): Promise<CredentialsFile | undefined> {
  const text = await privateText(path)
  if (text === undefined) return undefined
  const value = jsonOf(text)
  const issues = issuesOf(CredentialsFile, value)
  if (issues.length === 0) return parse('credentials', CredentialsFile, value)
  const places = issues.map(({ pointer }) => pointer || 'the file').join(', ')
  throw new Refused('credentials_unusable', `${path} is not as enrolment wrote it (${places}): enrol this client again`)
}

/** The text of a file that its owner alone may read, or undefined when there is none. Throws Refused where others may. */
export async function privateText(path: string): Promise<string | undefined> {
  const found = await ifThere(stat(path))
  if (found === undefined) return undefined
  if (process.platform !== 'win32' && (found.mode & othersMask) !== 0) throw exposed(path, found.mode)
  return ifThere(readFile(path, 'utf8'))
}

/** Writes a file that its owner alone may read. On return it is on the disk, whole; before, the old one is. */
export const writePrivately = (path: string, content: object): Promise<void> =>
  replaceDurably(path, `${JSON.stringify(content, undefined, 2)}\n`, ownerOnly)

function exposed(path: string, mode: number): Refused {
  const found = (mode & 0o777).toString(8)
  return new Refused(
    'credentials_exposed',
    `${path} has mode ${found}: others can read this client's credentials. Run: chmod 600 ${path}\nWhen somebody may have read them, ask the operator to revoke this client, and enrol again.`,
  )
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Told as a file that is not as it was written.
    return undefined
  }
}
