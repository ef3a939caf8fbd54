import { useState } from 'preact/hooks'
import { Button } from '#look/button.ts'
import { Field } from '#look/field.ts'
import { h } from '#look/h.ts'
import { Select } from '#look/select.ts'
import { filled } from '#look/words.ts'
import { failCauses } from '../../../model/fail-causes.ts'
import type { JobView } from '../../../model/view.ts'
import { oneOf } from '../../../words/one-of.ts'
import type { Tools } from '../../page-tools.ts'
import { AskOnce } from '../../parts/ask-once.ts'

type Props = {
  readonly job: JobView
  readonly how: 'reject' | 'fail' | 'cancel' | 'lost'
  readonly tools: Tools
  readonly onClose: () => void
}

const firstCause = { reject: failCauses[0], fail: failCauses[0], cancel: 'UserRequest', lost: 'lost' } as const

/** The end of a job in this shop: its cause from the table, the shop's own words behind it, and one question. */
export function EndForm({ job, how, tools, onClose }: Props) {
  const { words, acting, say, sounds } = tools
  const [cause, setCause] = useState<string>(firstCause[how])
  const [more, setMore] = useState('')
  const [isAsking, setAsking] = useState(false)
  const title = words[`endTitle_${how}`]
  const tell = async () => {
    const said = more.trim() === '' ? cause : `${cause}: ${more.trim()}`
    if (!(await acting.act(job.jobId, 'end', { how, cause: said }))) return sounds.play('odd')
    sounds.play('good')
    say(filled(words.said, { what: title }))
    onClose()
  }
  const options = failCauses.map((value) => ({ value, text: oneOf(words, 'cause_', value) ?? value }))
  return h(
    'form',
    {
      class: 'panel',
      'data-kind': 'reject',
      'aria-label': title,
      onSubmit: (event: Event) => {
        event.preventDefault()
        setAsking(true)
      },
    },
    h('h2', {}, title),
    h('p', {}, words[`endText_${how}`]),
    (how === 'reject' || how === 'fail') &&
      h(Select, { id: 'cause', label: words.endCause, value: cause, options, onChange: setCause }),
    h(Field, {
      ...{ id: 'end-words', label: words.endWords, value: more, optional: words.mayStayEmpty, maxLength: 200 },
      onInput: setMore,
    }),
    acting.fault !== undefined && h('p', { class: 'fault', role: 'alert' }, acting.fault),
    isAsking
      ? h(AskOnce, {
          ...{ question: words[`endAsk_${how}`], yes: words[`endYes_${how}`], no: words.no, isBusy: acting.isBusy },
          onYes: () => void tell(),
          onNo: () => setAsking(false),
        })
      : h(
          'div',
          { class: 'row' },
          h(Button, { kind: 'primary', type: 'submit' }, words.endNext),
          h(Button, { onClick: onClose }, words.no),
        ),
  )
}
