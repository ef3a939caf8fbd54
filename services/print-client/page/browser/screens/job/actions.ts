import { Button } from '#look/button.ts'
import { h } from '#look/h.ts'
import { filled } from '#look/words.ts'
import { isInShop, type NextStep, nextStepOf } from '../../../model/steps.ts'
import type { JobView } from '../../../model/view.ts'
import type { Words } from '../../../words/en.ts'
import type { Tools } from '../../page-tools.ts'
import { go, hrefOf } from '../../state/route.ts'

export type OpenForm = 'ship' | 'delay' | 'reject' | 'fail' | 'cancel' | 'lost'

type Props = { readonly job: JobView; readonly tools: Tools; readonly onForm: (form: OpenForm) => void }

/** The big buttons: what comes next first, then what may happen as well. */
export function Actions({ job, tools, onForm }: Props) {
  const { words, acting } = tools
  const next = nextStepOf(job)
  const button = (form: OpenForm, text: string) => h(Button, { key: form, onClick: () => onForm(form) }, text)
  const may = isInShop(job)
  return h(
    'div',
    { class: 'actions' },
    acting.fault !== undefined && h('p', { class: 'fault', role: 'alert' }, acting.fault),
    next !== undefined &&
      h(
        Button,
        { kind: 'primary', id: 'next', isBusy: acting.isBusy, onClick: () => void doNext(job, next, tools, onForm) },
        stepText(next, words),
      ),
    h(
      'div',
      { class: 'row' },
      job.stage === 'printed' && h(Button, { onClick: () => go(hrefOf.pack) }, words.packByScan),
      may && next !== 'ship' && button('ship', words.doShip),
      may && job.isCancelAsked && button('cancel', words.doCancel),
      may && button('delay', words.doDelay),
      job.mayBeRejected && button('reject', words.doReject),
      may && button('fail', words.doFail),
      job.stage === 'shipped' && button('lost', words.doLost),
    ),
  )
}

export const stepText = (step: NextStep, words: Words): string =>
  ({
    accept: words.doAccept,
    printing: words.doPrinting,
    printed: words.doPrinted,
    packed: words.doPacked,
    ship: words.doShip,
  })[step]

/** Does what comes next of a job, by button or by scan. */
export async function doNext(
  { jobId }: Pick<JobView, 'jobId'>,
  next: NextStep,
  { acting, words, say, sounds }: Tools,
  onForm: (form: OpenForm) => void,
): Promise<void> {
  if (next === 'ship') return onForm('ship')
  const isDone =
    next === 'accept' ? await acting.act(jobId, 'accept', {}) : await acting.act(jobId, 'step', { step: next })
  sounds.play(isDone ? 'good' : 'odd')
  if (isDone) say(filled(words.said, { what: stepText(next, words) }))
}
