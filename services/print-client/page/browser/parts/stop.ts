import { useLayoutEffect, useRef } from 'preact/hooks'
import { h } from '#look/h.ts'
import { filled } from '#look/words.ts'
import type { Stop } from '../../model/pack-station.ts'
import type { Words } from '../../words/en.ts'
import { oneOf } from '../../words/one-of.ts'
import type { Sounds } from '../scan/sounds.ts'
import { partText } from './texts.ts'

type Props = {
  readonly stop: Stop
  readonly nameOf: (jobId: string) => string
  readonly words: Words
  readonly sounds: Sounds
  readonly onSeen: () => void
}

const againMs = 1_800
/** A scanner ends with Enter: that is no answer of a person. */
const scannerMs = 400

/** The whole screen in red, and an alarm that goes on until somebody has seen it. Scans are not heard meanwhile. */
export function StopScreen({ stop, nameOf, words, sounds, onSeen }: Props) {
  const button = useRef<HTMLButtonElement>(null)
  useLayoutEffect(() => {
    button.current?.focus()
    sounds.play('stop')
    const alarm = setInterval(() => sounds.play('stop'), againMs)
    const listener = keepingScansOut(() => button.current?.focus())
    document.addEventListener('keydown', listener, true)
    return () => {
      clearInterval(alarm)
      document.removeEventListener('keydown', listener, true)
    }
  }, [sounds])
  return h(
    'div',
    {
      class: 'stop',
      role: 'alertdialog',
      'aria-modal': 'true',
      'aria-labelledby': 'stop-title',
      'aria-describedby': 'stop-text',
    },
    h('p', { class: 'stop-sign', id: 'stop-title' }, words.stopTitle),
    h(
      'div',
      { id: 'stop-text', class: 'stop-text' },
      h('p', { class: 'stop-why' }, whyText(stop, words)),
      stop.why === 'other_job' && h('p', {}, filled(words.stopOnTable, { job: nameOf(stop.expected) })),
      h('p', {}, foundText(stop, nameOf, words)),
      h('p', {}, words.stopNothing),
    ),
    h('button', { ref: button, type: 'button', class: 'button', onClick: onSeen }, words.stopSeen),
  )
}

function whyText(stop: Stop, words: Words): string {
  const stage = stop.why === 'not_to_pack' ? (oneOf(words, 'stage_', stop.stage) ?? stop.stage) : ''
  return filled(words[`stop_${stop.why}`], { stage })
}

const foundText = (stop: Stop, nameOf: Props['nameOf'], words: Words): string =>
  filled(words.stopScanned, {
    part: partText(stop.why === 'not_to_pack' ? 'job' : stop.part, words),
    job: nameOf(stop.found),
  })

function keepingScansOut(refocus: () => void): (event: KeyboardEvent) => void {
  let typedAtMs = Number.NEGATIVE_INFINITY
  return (event) => {
    const isSign = event.key.length === 1 && event.key !== ' '
    if (isSign) typedAtMs = event.timeStamp
    const isOfScanner = event.key === 'Enter' && event.timeStamp - typedAtMs < scannerMs
    if (event.key === 'Tab') refocus()
    if (!isSign && !isOfScanner && event.key !== 'Tab') return
    event.preventDefault()
    event.stopPropagation()
  }
}
