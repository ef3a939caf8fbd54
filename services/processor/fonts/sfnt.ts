/** What laying out and embedding need of a TrueType font: widths and glyph numbers by character. */
export type Sfnt = {
  readonly unitsPerEm: number
  /** Number of the glyph for a code point; 0 where there is none. */
  readonly glyphOf: (codePoint: number) => number
  /** Advance width of a glyph in thousandths of an em. */
  readonly widthOf: (glyph: number) => number
  readonly box: readonly [left: number, bottom: number, right: number, top: number]
}

/** Reads a font of ours (never a customer's): tables `head`, `hhea`, `hmtx` and `cmap` formats 4 and 12. */
export function readSfnt(font: Buffer): Sfnt {
  const table = (tag: string): Buffer => tableOf(font, tag)
  const head = table('head')
  const unitsPerEm = head.readUInt16BE(18)
  const inMille = (units: number): number => Math.round((units * 1000) / unitsPerEm)
  const box = (at: number): number => inMille(head.readInt16BE(at))
  const widths = table('hmtx')
  const lastWidth = table('hhea').readUInt16BE(34) - 1
  const glyphs = charactersOf(table('cmap'))
  return {
    unitsPerEm,
    glyphOf: (codePoint) => glyphs.get(codePoint) ?? 0,
    widthOf: (glyph) => inMille(widths.readUInt16BE(4 * Math.min(glyph, lastWidth))),
    box: [box(36), box(38), box(40), box(42)],
  }
}

function tableOf(font: Buffer, tag: string): Buffer {
  const count = font.readUInt16BE(4)
  for (let entry = 12; entry < 12 + 16 * count; entry += 16) {
    if (font.toString('latin1', entry, entry + 4) !== tag) continue
    const from = font.readUInt32BE(entry + 8)
    return font.subarray(from, from + font.readUInt32BE(entry + 12))
  }
  throw new Error(`The font has no table ${tag}`)
}

function charactersOf(cmap: Buffer): ReadonlyMap<number, number> {
  const glyphs = new Map<number, number>()
  const count = cmap.readUInt16BE(2)
  for (let entry = 4; entry < 4 + 8 * count; entry += 8) {
    const subtable = cmap.subarray(cmap.readUInt32BE(entry + 4))
    const format = subtable.readUInt16BE(0)
    if (format === 4) readSegments(subtable, glyphs)
    if (format === 12) readGroups(subtable, glyphs)
  }
  return glyphs
}

/** Format 4: stretches of the basic plane, each with a shift or a list of glyphs. */
function readSegments(subtable: Buffer, glyphs: Map<number, number>): void {
  const twice = subtable.readUInt16BE(6)
  for (let at = 0; at < twice; at += 2) {
    const last = subtable.readUInt16BE(14 + at)
    const first = subtable.readUInt16BE(16 + twice + at)
    const shift = subtable.readUInt16BE(16 + 2 * twice + at)
    const listAt = 16 + 3 * twice + at
    const listOffset = subtable.readUInt16BE(listAt)
    for (let code = first; code <= last && code !== 0xffff; code += 1) {
      const listed = listOffset === 0 ? code : subtable.readUInt16BE(listAt + listOffset + 2 * (code - first))
      const glyph = listOffset !== 0 && listed === 0 ? 0 : (listed + shift) & 0xffff
      if (glyph !== 0) glyphs.set(code, glyph)
    }
  }
}

/** Format 12: stretches of all of Unicode. */
function readGroups(subtable: Buffer, glyphs: Map<number, number>): void {
  const end = 16 + 12 * subtable.readUInt32BE(12)
  for (let at = 16; at < end; at += 12) {
    const first = subtable.readUInt32BE(at)
    const last = subtable.readUInt32BE(at + 4)
    const glyph = subtable.readUInt32BE(at + 8)
    for (let code = first; code <= last; code += 1) glyphs.set(code, glyph + code - first)
  }
}
