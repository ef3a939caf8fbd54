import type { PdfFile } from '../pdf/pdf-file.ts'
import type { PdfWriter } from '../pdf/pdf-writer.ts'
import { type PdfDict, PdfRef, type PdfStream, type PdfValue } from '../pdf/values.ts'
import { keptText, without } from './kept-text.ts'
import { mendedFont } from './mended-font.ts'
import { mayUseDeviceRgb, mendedGroup, mendedResources } from './mended-resources.ts'
import type { Supplies } from './supplies.ts'

/** An object of a later generation cannot be replaced; such a file is written anew. */
export class NotKeepable extends Error {
  override name = 'NotKeepable'
}

function numberOf({ number, generation }: PdfRef): number {
  if (generation !== 0) throw new NotKeepable(`object ${number} has generation ${generation}`)
  return number
}

/** A nested form longer than this is taken to use RGB, unread. */
const mostScannedBytes = 8 << 20
const deepest = 60

/**
 * Mends a page's resources where they lie: gives the value to write into the page, and writes every indirect object that
 * had to change under its own number, each once. A nested form is touched only when it may use untagged RGB by itself.
 */
export function createMender(file: PdfFile, writer: PdfWriter, supplies: Supplies): (resources: PdfValue) => PdfValue {
  const seen = new Set<number>()

  const isNew = (ref: PdfRef): boolean => {
    if (seen.has(ref.number)) return false
    seen.add(ref.number)
    return true
  }
  const resources = (value: PdfValue, depth: number): PdfValue => {
    const dict = file.dict(value)
    if (!dict || depth > deepest) return value
    if (!(value instanceof PdfRef)) return mendedResources(inside(dict, depth), file, supplies)
    if (isNew(value)) writeChanged(value, dict, mendedResources(inside(dict, depth), file, supplies))
    return value
  }
  const writeChanged = (ref: PdfRef, before: PdfDict, after: PdfDict): void => {
    if (after !== before) writer.put(numberOf(ref), keptText(after))
  }
  /** Fonts, forms, patterns and masks that the resources name. */
  const inside = (dict: PdfDict, depth: number): PdfDict => {
    for (const key of ['XObject', 'Pattern']) {
      for (const value of file.dict(dict.get(key))?.values() ?? []) form(value, depth + 1)
    }
    for (const value of file.dict(dict.get('ExtGState'))?.values() ?? []) {
      const mask = file.dict(file.dict(value)?.get('SMask'))
      if (mask) form(mask.get('G') ?? null, depth + 1)
    }
    return withMendedFonts(dict, depth)
  }
  const withMendedFonts = (dict: PdfDict, depth: number): PdfDict => {
    const fonts = file.dict(dict.get('Font')) ?? new Map()
    const after = new Map([...fonts].map(([key, value]) => [key, font(value, depth)] as const))
    const isSame = [...after].every(([key, value]) => fonts.get(key) === value)
    return isSame ? dict : new Map(dict).set('Font', after)
  }
  /** An indirect font is replaced under its number; one that stands in the resources, in its place. */
  const font = (value: PdfValue, depth: number): PdfValue => {
    const dict = file.dict(value)
    if (!dict || (value instanceof PdfRef && !isNew(value))) return value
    const after = mendedFont(dict, file, supplies) ?? withMendedGlyphs(dict, depth)
    if (!(value instanceof PdfRef)) return after === dict ? value : after
    writeChanged(value, dict, after)
    return value
  }
  /** The glyphs of a Type 3 font are little pages. */
  const withMendedGlyphs = (font: PdfDict, depth: number): PdfDict => {
    const own = font.get('Resources')
    if (own === undefined || file.name(font.get('Subtype')) !== 'Type3') return font
    const after = resources(own, depth + 1)
    return after === own ? font : new Map(font).set('Resources', after)
  }
  const form = (value: PdfValue, depth: number): void => {
    if (!(value instanceof PdfRef) || depth > deepest || !isNew(value)) return
    const stream = file.stream(value)
    const own = stream?.dict.get('Resources')
    if (!stream || own === undefined || file.name(stream.dict.get('Subtype')) === 'Image') return
    const after = own instanceof PdfRef ? resources(own, depth) : nested(stream, own, depth)
    const group = mendedGroup(stream.dict.get('Group'), file, supplies)
    if (after === own && !group) return
    const dict = new Map(without(stream.dict, ['Length'])).set('Resources', after)
    if (group) dict.set('Group', group)
    const text = keptText(dict)
    writer.putStreamFrom(numberOf(value), text.slice(2, -2), file.bytes, stream.start, stream.length)
  }
  const nested = (stream: PdfStream, own: PdfValue, depth: number): PdfValue => {
    const dict = file.dict(own)
    if (!dict) return own
    const after = inside(dict, depth)
    return needsTag(stream, dict) ? mendedResources(after, file, supplies) : after
  }
  const needsTag = (stream: PdfStream, dict: PdfDict): boolean => {
    if (stream.length > mostScannedBytes) return true
    try {
      return mayUseDeviceRgb(file.decoded(stream, mostScannedBytes), dict, file)
    } catch {
      // Too long or odd to be looked through: an entry too many does no harm.
      return true
    }
  }
  return (value) => resources(value, 0)
}
