import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Type } from 'typebox'
import { parse } from '#contracts/parse.ts'
import type { StandardFont } from './standard-fonts.ts'

const Metrics = Type.Object({
  widths: Type.Record(Type.String(), Type.Record(Type.String(), Type.Number())),
  encodings: Type.Record(Type.String(), Type.String()),
})

const fixedWidth = 600
let read: ReturnType<typeof readMetrics> | undefined

/** Widths and encodings of the standard 14; read when the first of them is met. */
function metrics() {
  read ??= readMetrics()
  return read
}

function readMetrics() {
  const text = readFileSync(join(import.meta.dirname, 'data/standard-metrics.json'), 'utf8')
  const { widths, encodings } = parse('Metrics', Metrics, JSON.parse(text))
  return {
    widths,
    encodings: new Map(Object.entries(encodings).map(([name, glyphs]) => [name, glyphs.split(' ')])),
  }
}

/** Advance width of a named glyph in thousandths of an em; 0 for one that the font does not have. */
export const standardWidthOf = (font: StandardFont, glyph: string): number => {
  if (font.metrics === undefined) return fixedWidth
  return metrics().widths[font.metrics]?.[glyph] ?? 0
}

/** Glyph names of an encoding by code, `.notdef` where it has none; undefined for a name that is no encoding. */
export const encodingOf = (name: string): readonly string[] | undefined => metrics().encodings.get(name)
