import { PdfRef, type PdfValue } from '../pdf/values.ts'

/** Never needed to paint: structure, history, links back into the document, and everything that acts or lies elsewhere. */
const leftBehind = new Set([
  ...['Metadata', 'PieceInfo', 'StructParent', 'StructParents', 'OPI', 'AF', 'AA', 'A', 'OpenAction', 'Names', 'Dests'],
  ...['Annots', 'AcroForm', 'JS', 'JavaScript', 'EF', 'RF', 'XFA', 'Outlines', 'StructTreeRoot', 'Measure', 'PtData'],
  ...['B', 'Ref', 'Alternates', 'PS', 'LastModified'],
])
/** Left behind only where they point at something: as names they are harmless settings. */
const leftBehindAsReference = new Set(['Parent', 'P', 'Pg'])
/** A stream whose data stand in another file; the length is written anew. */
const leftBehindOfStreams = new Set(['F', 'FFilter', 'FDecodeParms', 'Length'])
const nameMaps = new Set([
  ...['Font', 'XObject', 'ExtGState', 'ColorSpace', 'Pattern', 'Shading', 'Properties', 'CharProcs', 'Colorants'],
])

/** What a value is to the dictionary that names it. */
export type Role = 'plain' | 'map' | 'resources' | 'group'

/** The part that the value of `key` plays; keys of a map are names that the author chose and say nothing. */
export function roleOf(key: string, within: Role): Role {
  if (within === 'map') return 'plain'
  if (key === 'Resources') return 'resources'
  if (key === 'Group') return 'group'
  return nameMaps.has(key) ? 'map' : 'plain'
}

export function isCarried(key: string, value: PdfValue, within: Role, isStream: boolean): boolean {
  if (within === 'map') return true
  if (leftBehind.has(key)) return false
  if (leftBehindAsReference.has(key) && value instanceof PdfRef) return false
  return !(isStream && leftBehindOfStreams.has(key))
}
