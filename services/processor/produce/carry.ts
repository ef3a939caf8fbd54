import {
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFHexString,
  PDFName,
  PDFNull,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFStream,
  PDFString,
} from '@cantoo/pdf-lib'
import { type ObjectNumber, type PdfWriter, referTo } from '../assemble/pdf-writer.ts'

/** Copies objects of a source document into the print file, once each, and leaves behind whatever is not for printing. */
export type Carrier = {
  /** The value as text, with references to copies; what it refers to is written to the file at once. */
  readonly carry: (value: PDFObject | undefined) => string
  /** A stream's own dictionary entries, without its length, ready for another dictionary. */
  readonly carryEntries: (dictionary: PDFDict, leaveOut: readonly string[]) => string
  /** Where a source object went, if it was carried. */
  readonly numberOf: (reference: PDFRef) => ObjectNumber | undefined
}

/** Never needed to paint: structure, history, links back into the document, and everything that acts. */
const leftBehind = new Set([
  ...['Metadata', 'PieceInfo', 'StructParent', 'StructParents', 'OPI', 'AF', 'AA', 'A', 'OpenAction', 'Names', 'Dests'],
  ...[
    'Annots',
    'AcroForm',
    'JS',
    'JavaScript',
    'EF',
    'RF',
    'XFA',
    'Outlines',
    'StructTreeRoot',
    'Measure',
    'PtData',
    'B',
  ],
])
/** Left behind only where they point at something: as names they are harmless settings. */
const leftBehindAsReference = new Set(['Parent', 'P', 'Pg'])
/** A stream whose data stand in another file. */
const leftBehindOfStreams = new Set(['F', 'FFilter', 'FDecodeParms', 'Length'])
/** Dictionaries whose keys are names that the author chose: nothing is left out by name. */
const nameMaps = new Set([
  ...[
    'Font',
    'XObject',
    'ExtGState',
    'ColorSpace',
    'Pattern',
    'Shading',
    'Properties',
    'CharProcs',
    'Colorants',
    'ProcSet',
  ],
])
const deepest = 200

export function createCarrier(context: PDFContext, writer: PdfWriter): Carrier {
  const carried = new Map<PDFRef, ObjectNumber>()
  const waiting: PDFRef[] = []
  let isWriting = false

  const text = (value: PDFObject | undefined, depth = 0): string => {
    if (value === undefined || depth > deepest) return 'null'
    if (value instanceof PDFRef) return reference(value)
    if (value instanceof PDFArray)
      return `[${value
        .asArray()
        .map((entry) => text(entry, depth + 1))
        .join(' ')}]`
    if (value instanceof PDFDict) return `<< ${entries(value, { depth })} >>`
    return scalar(value)
  }
  const entries = (dictionary: PDFDict, options: EntryOptions): string =>
    dictionary
      .entries()
      .filter(([key, value]) => isCarried(key.decodeText(), value, options))
      .map(([key, value]) => {
        const isNameMap = nameMaps.has(key.decodeText()) && context.lookup(value) instanceof PDFDict
        return `${key.toString()} ${isNameMap ? mapText(value, options.depth ?? 0) : text(value, (options.depth ?? 0) + 1)}`
      })
      .join(' ')
  const mapText = (value: PDFObject, depth: number): string => {
    const map = context.lookup(value)
    return map instanceof PDFDict ? `<< ${entries(map, { depth: depth + 1, isNameMap: true })} >>` : 'null'
  }
  const reference = (ref: PDFRef): string => {
    const known = carried.get(ref)
    if (known !== undefined) return referTo(known)
    const target = context.lookup(ref)
    if (target === undefined || target === PDFNull || isPageNode(target)) return 'null'
    const number = writer.reserve()
    carried.set(ref, number)
    waiting.push(ref)
    return referTo(number)
  }
  /** Written in turn, not one inside the other: chains of references may be long. */
  const flush = (): void => {
    if (isWriting) return
    isWriting = true
    for (let ref = waiting.pop(); ref; ref = waiting.pop()) {
      const number = carried.get(ref)
      const value = context.lookup(ref)
      if (number === undefined) continue
      if (value instanceof PDFRawStream) {
        writer.putStream(number, entries(value.dict, { isStream: true }), value.contents)
      } else writer.put(number, value instanceof PDFStream ? 'null' : text(value))
    }
    isWriting = false
  }
  const flushed = (result: string): string => {
    flush()
    return result
  }
  return {
    carry: (value) => flushed(text(value)),
    carryEntries: (dictionary, leaveOut) => flushed(entries(dictionary, { isStream: true, leaveOut })),
    numberOf: (ref) => carried.get(ref),
  }
}

type EntryOptions = {
  readonly depth?: number
  readonly isStream?: boolean
  readonly isNameMap?: boolean
  readonly leaveOut?: readonly string[]
}

function isCarried(name: string, value: PDFObject, { isStream, isNameMap, leaveOut }: EntryOptions): boolean {
  if (isNameMap) return true
  if (leaveOut?.includes(name) || leftBehind.has(name)) return false
  if (leftBehindAsReference.has(name) && value instanceof PDFRef) return false
  return !(isStream && leftBehindOfStreams.has(name))
}

/** Pages, page trees and catalogs lead to the whole rest of the document. */
function isPageNode(value: PDFObject): boolean {
  const type = value instanceof PDFDict ? value.get(PDFName.of('Type')) : undefined
  return type === PDFName.of('Page') || type === PDFName.of('Pages') || type === PDFName.of('Catalog')
}

function scalar(value: PDFObject): string {
  if (value instanceof PDFString || value instanceof PDFHexString)
    return `<${Buffer.from(value.asBytes()).toString('hex')}>`
  const text = value.toString()
  return value instanceof PDFStream ? 'null' : text
}
