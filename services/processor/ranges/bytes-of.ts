import type { ByteSource } from '../pdf/byte-source.ts'
import { openFileBytes } from '../pdf/byte-sources.ts'
import { askParent } from './ask-parent.ts'
import { openFarBytes } from './far-bytes.ts'
import { farNoteAt } from './far-note.ts'

/** A source of the job by the path it has, or would have, in the job folder: read there, or far away in the store. */
export type JobBytes = ByteSource & { readonly close: () => void }

/** The one place where the rooms of a converter open a job's files. */
export function bytesOf(path: string): JobBytes {
  const note = farNoteAt(path)
  return note === undefined ? openFileBytes(path) : openFarBytes(note, askParent)
}
