import { useState } from 'preact/hooks'
import type { Design } from '#contracts/design.ts'
import { Button } from '#look/button.ts'
import { h } from '#look/h.ts'
import { sizeText } from '#look/lengths.ts'
import type { Words } from '../../words/en.ts'
import { GuideLegend } from '../preview/guide-legend.ts'
import { CropControls } from './crop-controls.ts'
import { turnedSize, zoomOf } from './crop-maths.ts'
import { DpiLine, type Resolution } from './dpi-line.ts'
import { PictureSheet } from './picture-sheet.ts'
import { designOf, type Ground, type Placing, placingOf, seenSheet, sizeOf } from './placing.ts'
import { useHand } from './use-hand.ts'

type Props = {
  readonly ground: Ground
  readonly design: Design | undefined
  readonly isSideways: boolean | undefined
  readonly url: string
  readonly colour: string
  readonly resolution: Resolution
  readonly locale: string
  readonly words: Words
  readonly onChange: (design: Design | undefined, isSideways: boolean) => void
}

/** The picture on its sheet, to be moved, enlarged and turned: by pointer on the sheet, by keys on the sliders. */
export function Cropper({ ground, design, isSideways, url, colour, resolution, locale, words, onChange }: Props) {
  const [hasGuides, showGuides] = useState(true)
  const placing = placingOf(design, ground, isSideways)
  const put = (next: Placing) => onChange(designOf(next), next.isSideways)
  const frame = sizeOf(seenSheet(ground, placing).area)
  const zoom = placing.fit === 'fit' ? 1 : zoomOf(placing.crop, turnedSize(ground.picture, placing.turn), frame)
  const hand = useHand({ ground, placing, zoom, onPut: put })
  const { trim } = seenSheet(ground, placing)
  const label = words.printPicture.replace('{size}', sizeText(trim.widthMm, trim.heightMm, locale))
  return h(
    'div',
    { class: 'cropper' },
    h(
      'div',
      { class: 'stage', 'data-fit': placing.fit, ...hand },
      h(PictureSheet, { ground, placing, url, colour, label, hasGuides }),
    ),
    h(DpiLine, { ground, placing, resolution, locale, words }),
    h(CropControls, { ground, placing, zoom, words, onPut: put }),
    h(
      'div',
      { class: 'tools' },
      h(Button, { kind: 'plain', isPressed: hasGuides, onClick: () => showGuides(!hasGuides) }, words.showGuides),
      hasGuides && h(GuideLegend, { words, isFolded: sheetIsFolded(ground) }),
      design && h(Button, { kind: 'quiet', onClick: () => onChange(undefined, false) }, words.startAgain),
    ),
  )
}

/** A canvas has a face; whatever is around it is folded. */
const sheetIsFolded = ({ sheet }: Ground): boolean => sheet.panels.some(({ name }) => name === 'face')
