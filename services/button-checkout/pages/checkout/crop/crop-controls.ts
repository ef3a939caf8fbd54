import { Button } from '#look/button.ts'
import { h } from '#look/h.ts'
import type { Words } from '../../words/en.ts'
import { middleOf } from './crop-maths.ts'
import { type Ground, largestZoom, type Placing, placedAnew, turnedOnce } from './placing.ts'

type Props = {
  readonly ground: Ground
  readonly placing: Placing
  readonly zoom: number
  readonly words: Words
  readonly onPut: (placing: Placing) => void
}

/** Everything that the pointer does, by keys: three sliders and three buttons. */
export function CropControls({ ground, placing, zoom, words, onPut }: Props) {
  const near = middleOf(placing.crop)
  const anew = (part: Partial<Placing>) => onPut(placedAnew(ground, { ...placing, ...part }))
  const isFilling = placing.fit === 'fill'
  const { trimBox } = ground.sheet
  return h(
    'fieldset',
    { class: 'crop-controls' },
    h('legend', { class: 'legend' }, words.place),
    isFilling && [
      h('p', { class: 'quiet', key: 'hint' }, words.dragHint),
      slider('crop-zoom', words.zoom, (zoom - 1) / (largestZoom - 1), (share) =>
        onPut(placedAnew(ground, placing, 1 + share * (largestZoom - 1), near)),
      ),
      slider('crop-x', words.across, shareOf(placing.crop.x, placing.crop.width), (share) =>
        onPut({ ...placing, crop: { ...placing.crop, x: share * (1 - placing.crop.width) } }),
      ),
      slider('crop-y', words.down, shareOf(placing.crop.y, placing.crop.height), (share) =>
        onPut({ ...placing, crop: { ...placing.crop, y: share * (1 - placing.crop.height) } }),
      ),
    ],
    h(
      'div',
      { class: 'tools' },
      h(Button, { onClick: () => anew({ turn: turnedOnce(placing.turn) }) }, words.rotate),
      trimBox.widthMm !== trimBox.heightMm &&
        h(Button, { onClick: () => anew({ isSideways: !placing.isSideways }) }, words.sideways),
      h(
        Button,
        { onClick: () => anew({ fit: isFilling ? 'fit' : 'fill' }) },
        isFilling ? words.wholePicture : words.fillFrame,
      ),
    ),
  )
}

const shareOf = (from: number, length: number): number => (length >= 1 ? 0.5 : from / (1 - length))

const slider = (id: string, label: string, share: number, onMove: (share: number) => void) =>
  h(
    'label',
    { class: 'slider', key: id },
    h('span', {}, label),
    h('input', {
      ...{ id, type: 'range', min: 0, max: 100, step: 1 },
      value: Math.round(share * 100),
      onInput: (event: { readonly currentTarget: { readonly value: string } }) =>
        onMove(Number(event.currentTarget.value) / 100),
    }),
  )
