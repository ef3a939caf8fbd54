import { PdfName, type PdfValue } from '../../pdf/values.ts'
import { deviceSpace, type Paint, paintOf, type Space, spaceOf } from './colour-space.ts'
import { addKinds } from './marks.ts'
import { type Act, type Acts, dictOf, type Run } from './run.ts'

type Side = 'fill' | 'stroke'

/** Counts a colour as printed. White on paper leaves nothing. */
export function usePaint({ marks }: Run, { space, inkPercent, isWhite }: Paint): void {
  if (!isWhite) marks.isMarked = true
  if (inkPercent > marks.inkPercent) marks.inkPercent = inkPercent
  useSpace(marks, space)
}

export function useSpace(marks: Run['marks'], space: Space): void {
  if (space.isUntaggedRgb) marks.hasUntaggedRgb = true
  for (const spot of space.spots) marks.spots.add(spot)
}

const device =
  (side: Side, name: string): Act =>
  (run, operands) => {
    const space = deviceSpace(name, run.scope)
    if (space) run.state[side] = paintOf(space, operands)
  }

/** Initial colours: black, which of four inks is the last one alone. */
const choose =
  (side: Side): Act =>
  (run, operands) => {
    const space = spaceOf(run.file, operands[0], run.scope)
    run.state[side] = { space, inkPercent: space.kind === 'inks' ? 100 : 0, isWhite: false }
  }

const set =
  (side: Side): Act =>
  (run, operands) => {
    const last = operands.at(-1)
    if (last instanceof PdfName) usePattern(run, run.scope.entry('Pattern', last.text))
    run.state[side] = paintOf(run.state[side].space, operands)
  }

/** A pattern stands anywhere: what it is made of counts, not where. */
function usePattern(run: Run, value: PdfValue | undefined): void {
  const { file, marks } = run
  const cell = file.stream(value)
  if (cell) addKinds(marks, run.document.cell(cell, run.scope, run.depth + 1))
  const shading = dictOf(file, file.dict(value)?.get('Shading'))
  if (shading) useSpace(marks, spaceOf(file, shading.get('ColorSpace'), run.scope))
}

export const colourOperators: Acts = {
  g: device('fill', 'DeviceGray'),
  G: device('stroke', 'DeviceGray'),
  rg: device('fill', 'DeviceRGB'),
  RG: device('stroke', 'DeviceRGB'),
  k: device('fill', 'DeviceCMYK'),
  K: device('stroke', 'DeviceCMYK'),
  cs: choose('fill'),
  CS: choose('stroke'),
  sc: set('fill'),
  SC: set('stroke'),
  scn: set('fill'),
  SCN: set('stroke'),
  sh: (run, operands) => {
    const shading = dictOf(run.file, run.scope.entry('Shading', run.file.name(operands[0]) ?? ''))
    if (!shading) return
    run.marks.isMarked = true
    useSpace(run.marks, spaceOf(run.file, shading.get('ColorSpace'), run.scope))
  },
}
