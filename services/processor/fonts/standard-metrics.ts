import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StandardFont } from './standard-fonts.ts'

const fixedWidth = 600
let read: ReturnType<typeof readMetrics> | undefined

/** Widths and encodings of the standard 14; read when the first of them is met. */
function metrics() {
  read ??= readMetrics()
  return read
}

/** Data of ours, beside this file: they need no schema, which would take longer to load than they do. */
function readMetrics() {
  const { widths, encodings } = namesIn(
    JSON.parse(readFileSync(join(import.meta.dirname, 'data/standard-metrics.json'), 'utf8')),
  )
  const widthsOf = (glyphs: unknown) =>
    new Map(Object.entries(namesIn(glyphs)).map(([name, width]) => [name, Number(width)]))
  return {
    widths: new Map(Object.entries(namesIn(widths)).map(([font, glyphs]) => [font, widthsOf(glyphs)])),
    encodings: new Map(Object.entries(namesIn(encodings)).map(([name, glyphs]) => [name, String(glyphs).split(' ')])),
  }
}

const namesIn = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {}

/** Advance width of a named glyph in thousandths of an em; 0 for one that the font does not have. */
export const standardWidthOf = (font: StandardFont, glyph: string): number => {
  if (font.metrics === undefined) return fixedWidth
  return metrics().widths.get(font.metrics)?.get(glyph) ?? 0
}

/** Glyph names of an encoding by code, `.notdef` where it has none; undefined for a name that is no encoding. */
export const encodingOf = (name: string): readonly string[] | undefined => metrics().encodings.get(name)
