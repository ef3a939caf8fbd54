import type { FileRole } from '#contracts/catalogue/product.ts'
import type { RangedSource } from '../ranges/ranged-source.ts'

/** A customer's file, in the producer's folder or far. */
export type JobSource = {
  readonly role: FileRole
  readonly position: number
  readonly file: string
  /** The first bytes, which tell the format. */
  readonly head: Buffer
  readonly sizeBytes: number
  /** Undefined for a far one that came without: `etag` and size say which bytes they are. */
  readonly sha256: string | undefined
  readonly etag?: string
  /** Of the file as it came, see seal-of.ts. */
  readonly seal?: string
  /** Not in the folder but in the store, read there by ranges. */
  readonly far?: RangedSource
  /** As its sender announced it. */
  readonly contentType?: string
}

/** The order that everything is made in; how the files were listed says nothing. */
export function byRoleAndPosition(one: Place, other: Place): number {
  if (one.role !== other.role) return one.role < other.role ? -1 : 1
  return one.position - other.position
}

type Place = Pick<JobSource, 'role' | 'position'>
