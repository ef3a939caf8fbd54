import type { FileRole } from '#contracts/catalogue/product.ts'

/** A customer's file that lies in the producer's folder. */
export type JobSource = {
  readonly role: FileRole
  readonly position: number
  readonly file: string
  /** The first bytes, which tell the format. */
  readonly head: Buffer
  readonly sizeBytes: number
  readonly sha256: string
  /** As its sender announced it. */
  readonly contentType?: string
}

/** The order that everything is made in; how the files were listed says nothing. */
export function byRoleAndPosition(one: Place, other: Place): number {
  if (one.role !== other.role) return one.role < other.role ? -1 : 1
  return one.position - other.position
}

type Place = Pick<JobSource, 'role' | 'position'>
