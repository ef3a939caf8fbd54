import { PDFArray, type PDFContext, PDFDict, PDFName, type PDFObject, PDFStream } from '@cantoo/pdf-lib'

/** Keys of a dictionary that make a document do something, or carry another file inside it. */
const activeKeys = [
  'JavaScript',
  'JS',
  'OpenAction',
  'AA',
  'AcroForm',
  'XFA',
  'EmbeddedFiles',
  'EF',
  'RichMediaContent',
]
const activeTypes = [
  'JavaScript',
  'Launch',
  'SubmitForm',
  'ImportData',
  'GoToE',
  'Rendition',
  'Movie',
  'Sound',
  'RichMediaExecute',
]
const depth = 20

/** Names of whatever is active in a source document, sorted; empty for most. */
export function activeContentOf(context: PDFContext): string[] {
  const found = new Set<string>()
  for (const [, object] of context.enumerateIndirectObjects()) collect(object, found, depth)
  return [...found].toSorted().slice(0, 20)
}

function collect(object: PDFObject, found: Set<string>, levels: number): void {
  if (levels === 0) return
  if (object instanceof PDFStream) collect(object.dict, found, levels)
  else if (object instanceof PDFArray) for (const entry of object.asArray()) collect(entry, found, levels - 1)
  else if (object instanceof PDFDict) collectKeys(object, found, levels)
}

function collectKeys(dictionary: PDFDict, found: Set<string>, levels: number): void {
  for (const [key, value] of dictionary.entries()) {
    const name = key.decodeText()
    if (activeKeys.includes(name)) found.add(name)
    if (name === 'S' && value instanceof PDFName && activeTypes.includes(value.decodeText()))
      found.add(value.decodeText())
    collect(value, found, levels - 1)
  }
}
