import type { PdfDict } from '../../pdf/values.ts'
import { affineOf, followedBy } from './affine.ts'
import { usePaint } from './colour-operators.ts'
import { addKinds } from './marks.ts'
import { type Acts, numberAt, type Run } from './run.ts'

const mostSaved = 1000

const fill = (run: Run): void => usePaint(run, run.state.fill)
const stroke = (run: Run): void => usePaint(run, run.state.stroke)
const both = (run: Run): void => {
  fill(run)
  stroke(run)
}

export const graphicsOperators: Acts = {
  q: (run) => {
    if (run.saved.length < mostSaved) run.saved.push({ ...run.state })
  },
  Q: (run) => {
    run.state = run.saved.pop() ?? run.state
  },
  cm: (run, operands) => {
    const matrix = affineOf(operands)
    if (matrix) run.state.at = followedBy(matrix, run.state.at)
  },
  gs: (run, operands) => {
    const settings = run.file.dict(run.scope.entry('ExtGState', run.file.name(operands[0]) ?? ''))
    if (settings) applySettings(run, settings)
  },
  f: fill,
  F: fill,
  'f*': fill,
  S: stroke,
  s: stroke,
  B: both,
  'B*': both,
  b: both,
  'b*': both,
  BDC: (run, operands) => {
    if (run.file.name(operands[0]) !== 'OC') return
    const group = run.scope.entry('Properties', run.file.name(operands[1]) ?? '')
    run.marks.hasHiddenLayer ||= run.document.isHidden(group)
  },
}

function applySettings(run: Run, settings: PdfDict): void {
  const { file, marks, state } = run
  const modes = file.array(settings.get('BM')) ?? [settings.get('BM') ?? null]
  const mode = file.name(modes[0]) ?? 'Normal'
  const alphas = [settings.get('ca'), settings.get('CA')].map((value) => file.number(value) ?? 1)
  if (alphas.some((alpha) => alpha < 1) || (mode !== 'Normal' && mode !== 'Compatible')) marks.hasTransparency = true
  const mask = file.dict(settings.get('SMask'))
  if (mask) {
    marks.hasTransparency = true
    const group = file.stream(mask.get('G'))
    if (group) addKinds(marks, run.document.form(group, run.scope, run.depth + 1))
  }
  const font = file.array(settings.get('Font'))
  if (font) {
    state.font = run.document.font(font[0], run.scope, run.depth)
    state.size = numberAt(font, 1)
  }
}
