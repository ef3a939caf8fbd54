import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Button } from '#look/button.ts'
import { Field } from '#look/field.ts'
import { h } from '#look/h.ts'
import { filled } from '#look/words.ts'
import type { JobView } from '../../../model/view.ts'
import type { Tools } from '../../page-tools.ts'
import { useDraft } from '../../state/use-draft.ts'

type Props = { readonly job: JobView; readonly tools: Tools; readonly onClose: () => void }
type Draft = { readonly day: string; readonly why: string }

const isDraft = (value: unknown): value is Draft =>
  typeof value === 'object' && value !== null && 'day' in value && typeof value.day === 'string' && 'why' in value
const emptyDraft = (): Draft => ({ day: '', why: '' })

/** A new date; it can be told again, so nothing is asked twice. */
export function DelayForm({ job, tools, onClose }: Props) {
  const { words, acting, say, sounds } = tools
  const [draft, setDraft, forget] = useDraft(`delay ${job.jobId}`, isDraft, emptyDraft)
  const [isTried, setTried] = useState(false)
  const day = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => day.current?.focus(), [])
  const isDay = draft.day !== '' && draft.day >= today()
  const tell = async () => {
    setTried(true)
    if (!isDay) return day.current?.focus()
    const why = draft.why.trim()
    const said = { expected_on: draft.day, ...(why === '' ? {} : { cause: why }) }
    if (!(await acting.act(job.jobId, 'delay', said))) return sounds.play('odd')
    sounds.play('good')
    say(filled(words.said, { what: words.delayTitle }))
    forget()
    onClose()
  }
  const fault = isTried && !isDay ? words.wantDay : undefined
  return h(
    'form',
    {
      class: 'panel',
      'aria-label': words.delayTitle,
      noValidate: true,
      onSubmit: (event: Event) => {
        event.preventDefault()
        void tell()
      },
    },
    h('h2', {}, words.delayTitle),
    h(
      'div',
      { class: 'field' },
      h('label', { for: 'delay-day' }, words.delayDay),
      h('input', {
        ...{ id: 'delay-day', type: 'date', ref: day, value: draft.day, min: today() },
        'aria-invalid': fault ? 'true' : undefined,
        'aria-describedby': fault ? 'delay-day-fault' : undefined,
        onInput: ({ currentTarget: { value } }: { readonly currentTarget: { readonly value: string } }) =>
          setDraft({ ...draft, day: value }),
      }),
      fault && h('span', { class: 'fault', id: 'delay-day-fault' }, fault),
    ),
    h(Field, {
      ...{ id: 'delay-why', label: words.delayWhy, value: draft.why, optional: words.mayStayEmpty, maxLength: 300 },
      onInput: (why: string) => setDraft({ ...draft, why }),
    }),
    acting.fault !== undefined && h('p', { class: 'fault', role: 'alert' }, acting.fault),
    h(
      'div',
      { class: 'row' },
      h(Button, { kind: 'primary', type: 'submit', isBusy: acting.isBusy }, words.delayYes),
      h(Button, { onClick: onClose }, words.no),
    ),
  )
}

/** Of where the page is looked at. */
function today(): string {
  const now = new Date()
  const two = (value: number) => String(value).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}
