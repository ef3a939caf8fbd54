import type { PdfDict, PdfStream } from '../../pdf/values.ts'
import { affineOf, followedBy, unchanged } from './affine.ts'
import { usePaint, useSpace } from './colour-operators.ts'
import { spaceOf } from './colour-space.ts'
import { addForm, addPicture } from './marks.ts'
import type { Acts, Run } from './run.ts'

export const objectOperators: Acts = {
  Do: (run, operands) => {
    const { file, scope, marks } = run
    const stream = file.stream(scope.entry('XObject', file.name(operands[0]) ?? ''))
    if (!stream) return
    marks.hasHiddenLayer ||= run.document.isHidden(stream.dict.get('OC'))
    if (file.name(stream.dict.get('Subtype')) === 'Image') placePicture(run, stream.dict)
    else placeForm(run, stream)
  },
  BI: (run) => placePicture(run, run.tokens.inlineImage()),
}

function placeForm(run: Run, stream: PdfStream): void {
  const { file, state, marks, scope, depth } = run
  const matrix = affineOf(file.array(stream.dict.get('Matrix'))?.map((value) => file.number(value)) ?? []) ?? unchanged
  const form = run.document.form(stream, scope, depth + 1)
  run.document.spend(form.pictures.length + form.texts.length)
  addForm(marks, form, followedBy(matrix, state.at))
}

/** Inline images have short keys; the long ones are allowed there as well. */
function placePicture(run: Run, dict: PdfDict): void {
  const { file, marks, state, scope } = run
  const widthPx = file.number(dict.get('Width') ?? dict.get('W')) ?? 0
  const heightPx = file.number(dict.get('Height') ?? dict.get('H')) ?? 0
  if (widthPx <= 0 || heightPx <= 0) return
  if (file.resolve(dict.get('ImageMask') ?? dict.get('IM')) === true) usePaint(run, state.fill)
  else useSpace(marks, spaceOf(file, dict.get('ColorSpace') ?? dict.get('CS'), scope))
  if (file.stream(dict.get('SMask'))) marks.hasTransparency = true
  addPicture(marks, { widthPx, heightPx, at: state.at })
}
