/** A name without its slash and with its escapes (`#20`) undone, one character a byte. */
export class PdfName {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** Points at an indirect object. */
export class PdfRef {
  readonly number: number
  readonly generation: number

  constructor(number: number, generation: number) {
    this.number = number
    this.generation = generation
  }
}

/** The bytes of a string, escapes undone and decrypted. */
export class PdfString {
  readonly bytes: Buffer

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }
}

export type PdfDict = ReadonlyMap<string, PdfValue>
export type PdfArray = readonly PdfValue[]

/** A stream: its dictionary, and where its stored data lie in the file. */
export class PdfStream {
  readonly dict: PdfDict
  readonly start: number
  readonly length: number
  /** Of the indirect object that it is; decryption needs it. */
  readonly id: PdfRef

  constructor(dict: PdfDict, start: number, length: number, id: PdfRef) {
    this.dict = dict
    this.start = start
    this.length = length
    this.id = id
  }
}

export type PdfValue = null | boolean | number | PdfName | PdfString | PdfRef | PdfArray | PdfDict | PdfStream
