import { Refused } from '#chassis/errors.ts'
import type { PublicationChange, PublicationFields } from '#contracts/order-api/publication.ts'
import { type DecideWish, wantVersion } from './change-publication.ts'
import { mergedFields } from './fields.ts'
import type { PublicationRow, VersionRow } from './publication-rows.ts'

/** A PATCH: its fields over those of the newest version. `want` throws when the result cannot be saved. */
export const changed =
  (change: PublicationChange, want: (fields: PublicationFields) => Promise<void>): DecideWish =>
  async (current) => {
    wantVersion(current, change.version)
    const fields = mergedFields(current.fields, change)
    await want(fields)
    return { fields, ...(change.publish ? { publishes: 'newest' } : {}) }
  }

/** Shows visitors the newest version, or an earlier one again. */
export const published =
  (version: number | undefined): DecideWish =>
  async (current) => {
    if (version !== undefined && version > current.version) throw noSuchVersion(version, current)
    return { publishes: version ?? current.version }
  }

const noSuchVersion = (version: number, current: Pick<PublicationRow, 'version'>): Refused =>
  new Refused('invalid_request', 'The fields listed in errors are not acceptable.', [
    { pointer: '/version', detail: `must be a version that there is, 1 to ${current.version}; found ${version}` },
  ])

export type ReadVersion = (version: number) => Promise<Pick<VersionRow, 'version' | 'fields' | 'undoes'>>

/**
 * A new version that holds what the one before the newest held. Undone again it goes further back: to what the version held that the last
 * undo left behind. Where visitors see the newest, they see this one then. Versions never change, so they may be read one by one.
 */
export const undone =
  (version: number | undefined, read: ReadVersion): DecideWish =>
  async (current) => {
    wantVersion(current, version)
    const held = heldBy(current)
    if (held === 1) throw nothingToUndo(current)
    const before = await read(held - 1)
    const target = before.undoes === null ? before : await read(before.undoes)
    return {
      fields: target.fields,
      undoes: target.version,
      ...(current.publishedVersion === current.version ? { publishes: 'newest' } : {}),
    }
  }

/** The version whose fields a version holds: itself, or the one that an undo went back to. It is never itself an undo. */
const heldBy = ({ version, undoes }: Pick<VersionRow, 'version' | 'undoes'>): number => undoes ?? version

const nothingToUndo = ({ id, version, undoes }: Pick<PublicationRow, 'id' | 'version' | 'undoes'>): Refused =>
  new Refused(
    'action_not_allowed',
    undoes === null
      ? `${id} has one version: there is nothing to undo.`
      : `Version ${version} of ${id} holds what its first version held: there is nothing before it. To go forward again, publish another version, or change the fields.`,
  )
