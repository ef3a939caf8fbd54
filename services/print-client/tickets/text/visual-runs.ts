import type { Font } from '@cantoo/fontkit'
import type { Typefaces } from './typefaces.ts'

/** A piece of a line in one face and one direction; in a line they stand from left to right. */
export type Run = { readonly font: Font; readonly text: string; readonly isRightToLeft: boolean }

type LevelRun = { readonly font: Font; text: string; readonly level: number }

/** The line in runs as they stand on paper (Unicode's bidirectional algorithm); the first letter decides where the line begins. */
export function visualRuns(text: string, typefaces: Typefaces): readonly Run[] {
  const levels = typefaces.levelsOf(text)
  const runs: LevelRun[] = []
  let index = 0
  for (const sign of text) {
    const level = levels[index] ?? 0
    index += sign.length
    const last = runs.at(-1)
    const font = fontOf(sign, typefaces, last)
    if (font === undefined) continue
    if (last?.font === font && last.level === level) last.text += sign
    else runs.push({ font, text: sign, level })
  }
  return reordered(runs).map(({ font, text: part, level }) => ({ font, text: part, isRightToLeft: level % 2 === 1 }))
}

/** Marks and spaces stay with the letters before them, where those have them. */
function fontOf(sign: string, typefaces: Typefaces, last: LevelRun | undefined): Font | undefined {
  const code = sign.codePointAt(0) ?? 0
  const staysBehind = /[\p{M}\p{Cf}\s]/u.test(sign) && last?.font.hasGlyphForCodePoint(code)
  return staysBehind ? last?.font : typefaces.fontOf(code)
}

/** Rule L2: from the highest level down to the lowest odd one, whatever is at that level or above is turned round. */
function reordered(runs: readonly LevelRun[]): readonly LevelRun[] {
  let found = [...runs]
  const highest = Math.max(0, ...runs.map(({ level }) => level))
  for (let level = highest; level >= 1; level -= 1) found = turnedFrom(found, level)
  return found
}

function turnedFrom(runs: readonly LevelRun[], level: number): LevelRun[] {
  const found: LevelRun[] = []
  let turning: LevelRun[] = []
  for (const run of runs) {
    if (run.level >= level) {
      turning = [run, ...turning]
    } else {
      found.push(...turning, run)
      turning = []
    }
  }
  return [...found, ...turning]
}
