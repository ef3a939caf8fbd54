import { h } from '#look/h.ts'
import { filled } from '#look/words.ts'
import type { Words } from '../../words/en.ts'
import { sharpnessOf } from './crop-maths.ts'
import { dpiOfPlacing, type Ground, type Placing } from './placing.ts'

export type Resolution = {
  readonly reject_below_dpi: number
  readonly minimum_dpi: number
  readonly good_dpi: number
}

type Props = {
  readonly ground: Ground
  readonly placing: Placing
  readonly resolution: Resolution
  readonly locale: string
  readonly words: Words
}

/** How sharp it will be as it is placed now, in the same words and limits as production's. */
export function DpiLine({ ground, placing, resolution, locale, words }: Props) {
  const dpi = dpiOfPlacing(ground, placing)
  const sharpness = sharpnessOf(dpi, resolution)
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const wanted = sharpness === 'low' ? resolution.reject_below_dpi : resolution.minimum_dpi
  const text = { good: words.dpiGood, soft: words.dpiSoft, low: words.dpiLow }[sharpness]
  return h(
    'p',
    { class: 'dpi', 'data-sharpness': sharpness, role: 'status' },
    filled(text, { found: number.format(Math.floor(dpi)), wanted: number.format(wanted) }),
  )
}
