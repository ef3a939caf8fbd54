import type { PdfFile } from '../../pdf/pdf-file.ts'
import type { PdfDict, PdfStream, PdfValue } from '../../pdf/values.ts'
import { type Affine, unchanged } from './affine.ts'
import { black, type Paint } from './colour-space.ts'
import type { ContentTokens } from './content-tokens.ts'
import type { Font } from './font-facts.ts'
import { type Marks, noMarks } from './marks.ts'
import type { Scope } from './scope.ts'

/** What q saves and Q brings back (ISO 32000-1, 8.4). */
export type State = {
  at: Affine
  fill: Paint
  stroke: Paint
  font: Font | undefined
  size: number
  leading: number
  characterSpace: number
  wordSpace: number
  stretch: number
  rise: number
  textMode: number
}

const startState = (): State => ({
  at: unchanged,
  fill: black,
  stroke: black,
  font: undefined,
  size: 0,
  leading: 0,
  characterSpace: 0,
  wordSpace: 0,
  stretch: 1,
  rise: 0,
  textMode: 0,
})

/** What runs of one document share: every form and font is read once. */
export type DocumentScan = {
  readonly file: PdfFile
  /** Throws when the document has had its share of work. */
  readonly spend: (operators: number) => void
  /** Marks of a form or a mask, in its own space; none for one that stands inside itself. */
  readonly form: (stream: PdfStream, scope: Scope, depth: number) => Marks
  /** Marks of a pattern's cell, in its own space. */
  readonly cell: (stream: PdfStream, scope: Scope, depth: number) => Marks
  readonly font: (value: PdfValue | undefined, scope: Scope, depth: number) => Font | undefined
  /** Is this an optional content group or membership that a press would not print? */
  readonly isHidden: (value: PdfValue | undefined) => boolean
}

/** One content stream being read. */
export type Run = {
  readonly document: DocumentScan
  readonly file: PdfFile
  readonly scope: Scope
  readonly tokens: ContentTokens
  readonly depth: number
  readonly marks: Marks
  readonly saved: State[]
  state: State
  /** Where the next glyph and the line begin, in text space. */
  glyphAt: Affine
  lineAt: Affine
}

export type Act = (run: Run, operands: readonly PdfValue[]) => void
export type Acts = Readonly<Record<string, Act>>

export function startRun(document: DocumentScan, scope: Scope, tokens: ContentTokens, depth: number): Run {
  return {
    document,
    file: document.file,
    scope,
    tokens,
    depth,
    marks: noMarks(),
    saved: [],
    state: startState(),
    glyphAt: unchanged,
    lineAt: unchanged,
  }
}

/** A number among the operands, 0 where there is none. */
export function numberAt(operands: readonly PdfValue[], place: number): number {
  const value = operands[place]
  return typeof value === 'number' ? value : 0
}

export const dictOf = (file: PdfFile, value: PdfValue | undefined): PdfDict | undefined =>
  file.dict(value) ?? file.stream(value)?.dict
