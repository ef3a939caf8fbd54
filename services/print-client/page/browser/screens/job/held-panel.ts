import { useState } from 'preact/hooks'
import { Button } from '#look/button.ts'
import { h } from '#look/h.ts'
import { filled } from '#look/words.ts'
import { waitReasonOf } from '../../../model/held-reason.ts'
import type { JobView } from '../../../model/view.ts'
import type { Tools } from '../../page-tools.ts'
import { AskOnce } from '../../parts/ask-once.ts'
import { shortId } from '../../parts/texts.ts'

type Props = { readonly job: JobView; readonly tools: Tools }
type Decision = 'printed' | 'print' | 'give_up'

/** A job that waits for a person: why, what to look at, and what was found. */
export function HeldPanel({ job, tools }: Props) {
  const { words, acting, sounds } = tools
  const [asked, setAsked] = useState<'print' | 'give_up'>()
  const decide = async (decision: Decision) => {
    sounds.play((await acting.act(job.jobId, 'decide', { decision })) ? 'good' : 'odd')
    setAsked(undefined)
  }
  const isHeld = job.stage === 'held'
  const reason = filled(words[`why_${waitReasonOf(job.cause)}`], { cause: job.cause ?? '' })
  const checks = isHeld
    ? [filled(words.check_shop, { job: shortId(job.jobId) }), words.check_others]
    : [words.check_files]
  return h(
    'section',
    { class: 'panel', 'data-kind': 'reject', 'aria-label': isHeld ? words.heldTitle : words.failedTitle },
    h('h2', {}, isHeld ? words.heldTitle : words.failedTitle),
    h('p', {}, reason, isHeld && ` ${words.heldText}`),
    h('h3', {}, words.whatToCheck),
    h(
      'ul',
      { class: 'checks' },
      checks.map((check) => h('li', { key: check }, check)),
    ),
    acting.fault !== undefined && h('p', { class: 'fault', role: 'alert' }, acting.fault),
    asked === undefined
      ? h(
          'div',
          { class: 'row' },
          isHeld && h(Button, { kind: 'primary', onClick: () => void decide('printed') }, words.decidePrinted),
          isHeld
            ? h(Button, { onClick: () => setAsked('print') }, words.decidePrint)
            : h(Button, { kind: 'primary', onClick: () => void decide('print') }, words.decidePrintAgain),
          h(Button, { onClick: () => setAsked('give_up') }, words.decideGiveUp),
        )
      : h(AskOnce, {
          key: asked,
          question: asked === 'print' ? words.askPrint : words.askGiveUp,
          yes: asked === 'print' ? words.yesPrint : words.yesGiveUp,
          ...{ no: words.no, isBusy: acting.isBusy },
          onYes: () => void decide(asked),
          onNo: () => setAsked(undefined),
        }),
  )
}
