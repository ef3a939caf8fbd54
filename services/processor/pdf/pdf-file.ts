import type { ByteSource } from './byte-source.ts'
import type { PdfArray, PdfDict, PdfRef, PdfStream, PdfValue } from './values.ts'

/**
 * A PDF opened for reading at random places. Objects are parsed when asked for; at most a bounded number is kept.
 * Lookups follow references; they give undefined for a value of another kind, and never throw on a dangling reference.
 */
export type PdfFile = {
  readonly bytes: ByteSource
  /** From the header, or the catalog where that is newer: `1.7`. */
  readonly version: string
  readonly trailer: PdfDict
  readonly catalog: PdfDict
  /** Where the newest cross-reference section starts, for the `/Prev` of an update. */
  readonly startXref: number
  /** How the newest section is written: an update must be written the same way. */
  readonly xrefKind: 'table' | 'stream'
  /** One more than the highest object number. */
  readonly size: number
  /** Strings and streams are decrypted as they are read (empty password). */
  readonly isEncrypted: boolean
  /** The table of objects was unusable and was made anew by looking through the file. */
  readonly wasRebuilt: boolean
  /** Bytes that no object in use, section or header covers are nothing but white space. */
  readonly isWithoutLeftovers: () => boolean
  /** Numbers of all objects in use, ascending; those in object streams too. */
  readonly objectNumbers: () => readonly number[]
  /** The object of this number, null where there is none. */
  readonly object: (number: number) => PdfValue
  readonly resolve: (value: PdfValue | undefined) => PdfValue | undefined
  readonly dict: (value: PdfValue | undefined) => PdfDict | undefined
  readonly array: (value: PdfValue | undefined) => PdfArray | undefined
  readonly number: (value: PdfValue | undefined) => number | undefined
  /** Text of a name. */
  readonly name: (value: PdfValue | undefined) => string | undefined
  readonly stream: (value: PdfValue | undefined) => PdfStream | undefined
  /** Data as stored, decrypted. */
  readonly stored: (stream: PdfStream) => Buffer
  /** Data with all filters undone but those of pictures (DCT, JPX, CCITT, JBIG2); throws PdfFault over the limit. */
  readonly decoded: (stream: PdfStream, mostBytes: number) => Buffer
}

/** One page: its dictionary, its object (undefined where it stands in the tree itself), and what it inherits. */
export type PdfPage = {
  readonly ref: PdfRef | undefined
  readonly dict: PdfDict
  readonly inherited: PdfDict
}

/** Why a PDF cannot be read. */
export class PdfFault extends Error {
  override name = 'PdfFault'
  readonly code: 'PASSWORD_REQUIRED' | 'CORRUPT_UNRECOVERABLE' | 'EMPTY_DOCUMENT' | 'RESOURCE_LIMIT'

  constructor(code: PdfFault['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
