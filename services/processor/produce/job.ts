import type { SourceFile } from '../sandbox/protocol.ts'
import type { OpenedPdfs } from './opened-pdfs.ts'

/** What all print files of a job are made from. */
export type Job = {
  readonly folder: string
  readonly sources: readonly SourceFile[]
  readonly opened: OpenedPdfs
  /** Told of every finished part in the job folder that an interrupted job can take up again. */
  readonly onPiece: (file: string) => void
  /** Pictures made ready while others are being written; changes no byte. */
  readonly picturesAhead: number
}
