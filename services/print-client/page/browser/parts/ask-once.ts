import { useLayoutEffect, useRef } from 'preact/hooks'
import { Button } from '#look/button.ts'
import { h } from '#look/h.ts'

type Props = {
  readonly question: string
  readonly yes: string
  readonly no: string
  readonly isBusy: boolean
  readonly onYes: () => void
  readonly onNo: () => void
}

/** Asks once in words, where something cannot be taken back; the answer has the focus, so that Enter is enough. */
export function AskOnce({ question, yes, no, isBusy, onYes, onNo }: Props) {
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    box.current?.querySelector('button')?.focus()
    box.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return h(
    'div',
    { class: 'ask', role: 'group', 'aria-label': question, ref: box },
    h('p', {}, question),
    h(
      'div',
      { class: 'row' },
      h(Button, { kind: 'primary', isBusy, onClick: onYes }, yes),
      h(Button, { onClick: onNo }, no),
    ),
  )
}
