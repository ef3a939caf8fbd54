import { PdfString, type PdfValue } from '../../pdf/values.ts'
import { type Affine, affineOf, followedBy, mapped, unchanged } from './affine.ts'
import { usePaint } from './colour-operators.ts'
import type { Font } from './font-facts.ts'
import { addFont, addKinds, addText, scaledBy } from './marks.ts'
import { type Acts, numberAt, type Run, type State } from './run.ts'

/** Text that is only there to be searched, and text that only clips. */
const invisibleModes = [3, 7]
/** Letters reach about this far above and below their line, in parts of the size. */
const [ascent, descent] = [0.7, 0.2]
const space = 32

/** Named by the content and by no resources: every program shows a font of its own choice. */
const nowhere = (name: string): Font => ({
  use: { name, supply: 'missing' },
  bytesPerGlyph: 1,
  widthOf: () => undefined,
  kinds: undefined,
})

const startLine = (run: Run, at: Affine): void => {
  run.lineAt = at
  run.glyphAt = at
}
const moveLine = (run: Run, x: number, y: number): void => startLine(run, followedBy([1, 0, 0, 1, x, y], run.lineAt))

export const textOperators: Acts = {
  BT: (run) => startLine(run, unchanged),
  Tc: (run, operands) => {
    run.state.characterSpace = numberAt(operands, 0)
  },
  Tw: (run, operands) => {
    run.state.wordSpace = numberAt(operands, 0)
  },
  Tz: (run, operands) => {
    run.state.stretch = numberAt(operands, 0) / 100
  },
  TL: (run, operands) => {
    run.state.leading = numberAt(operands, 0)
  },
  Ts: (run, operands) => {
    run.state.rise = numberAt(operands, 0)
  },
  Tr: (run, operands) => {
    run.state.textMode = numberAt(operands, 0)
  },
  Tf: (run, operands) => {
    const name = run.file.name(operands[0]) ?? ''
    run.state.font = run.document.font(run.scope.entry('Font', name), run.scope, run.depth) ?? nowhere(name)
    run.state.size = numberAt(operands, 1)
  },
  Td: (run, operands) => moveLine(run, numberAt(operands, 0), numberAt(operands, 1)),
  TD: (run, operands) => {
    run.state.leading = -numberAt(operands, 1)
    moveLine(run, numberAt(operands, 0), numberAt(operands, 1))
  },
  Tm: (run, operands) => startLine(run, affineOf(operands) ?? run.lineAt),
  'T*': (run) => moveLine(run, 0, -run.state.leading),
  Tj: (run, operands) => show(run, operands),
  TJ: (run, operands) => show(run, run.file.array(operands[0]) ?? []),
  "'": (run, operands) => {
    moveLine(run, 0, -run.state.leading)
    show(run, operands)
  },
  '"': (run, operands) => {
    run.state.wordSpace = numberAt(operands, 0)
    run.state.characterSpace = numberAt(operands, 1)
    moveLine(run, 0, -run.state.leading)
    show(run, operands.slice(2))
  },
}

/** Shows strings with numbers between them. Where the file gives no widths, only where the text begins is known. */
function show(run: Run, parts: readonly PdfValue[]): void {
  const { state } = run
  let [advance, from, to] = [0, Number.NaN, 0]
  for (const part of parts) {
    if (typeof part === 'number') advance -= (part / 1000) * state.size * state.stretch
    if (!(part instanceof PdfString)) continue
    const isInk = part.bytes.some((code) => code !== space)
    if (isInk && Number.isNaN(from)) from = advance
    advance += widthOf(part.bytes, state)
    if (isInk) to = advance
  }
  if (!Number.isNaN(from) && !invisibleModes.includes(state.textMode)) mark(run, Math.min(from, to), Math.max(from, to))
  run.glyphAt = followedBy([1, 0, 0, 1, advance, 0], run.glyphAt)
}

function widthOf(bytes: Buffer, { font, size, stretch, characterSpace, wordSpace }: State): number {
  if (!font) return 0
  const step = font.bytesPerGlyph
  let width = 0
  for (let place = 0; place + step <= bytes.length; place += step) {
    const code = step === 1 ? (bytes[place] ?? 0) : bytes.readUInt16BE(place)
    width += ((font.widthOf(code) ?? 0) / 1000) * size + characterSpace
    if (code === space && step === 1) width += wordSpace
  }
  return width * stretch
}

function mark(run: Run, from: number, to: number): void {
  const { state, marks } = run
  const { size, rise, font } = state
  const height = (ascent + descent) * Math.abs(size)
  const bottom = rise - (size < 0 ? ascent : descent) * Math.abs(size)
  const box = { x: from, y: bottom, width: to - from, height }
  const at = followedBy(run.glyphAt, state.at)
  addText(marks, mapped(box, at), font?.kinds ? undefined : scaledBy(Math.abs(size), at))
  usePaint(run, state.textMode % 4 === 1 ? state.stroke : state.fill)
  if (font) useFont(run, font)
}

function useFont(run: Run, font: Font): void {
  addFont(run.marks, `${font.use.name} ${font.use.supply}`, font.use)
  if (font.kinds) addKinds(run.marks, font.kinds)
}
