import { createHash } from 'node:crypto'
import { readSfnt, type Sfnt } from './sfnt.ts'
import type { Typeface } from './typeface.ts'

/** A typeface cut down to the signs that a print file shows, with glyph numbers of its own. */
export type Subset = {
  readonly program: Buffer
  /** Six capitals that tell subsets apart (ISO 32000-1, 9.6.4), then the typeface's name. */
  readonly name: string
  readonly signs: readonly string[]
  readonly sfnt: Sfnt
}

/** Tables for shaping and screens: a PDF places glyphs by number. */
const dropped = ['GPOS', 'GSUB', 'GDEF', 'BASE', 'STAT', 'gasp', 'DSIG']

/** The same signs in any order give the same bytes. */
export async function subsetOf(face: Typeface, text: Iterable<string>): Promise<Subset> {
  const { default: subsetFont } = await import('subset-font')
  const signs = [...new Set(text)].toSorted()
  const options = { targetFormat: 'truetype', keepFeatures: [], dropTables: dropped } as const
  const program = await subsetFont(face.program, signs.join(''), options)
  return { program, name: `${tagOf(program)}+SourceSerif4-${face.weight}`, signs, sfnt: readSfnt(program) }
}

function tagOf(program: Buffer): string {
  const digest = createHash('sha256').update(program).digest()
  return Array.from(digest.subarray(0, 6), (byte) => String.fromCharCode(65 + (byte % 26))).join('')
}
