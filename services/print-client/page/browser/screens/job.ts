import { Fragment, h } from '#look/h.ts'
import { filled } from '#look/words.ts'
import { needsPerson } from '../../model/steps.ts'
import type { JobView } from '../../model/view.ts'
import type { Tools } from '../page-tools.ts'
import { JobPicture } from '../parts/job-picture.ts'
import { StageMark } from '../parts/stage-mark.ts'
import { copiesText, dayOf, shortId, titleText } from '../parts/texts.ts'
import { Time } from '../parts/time.ts'
import { hrefOf } from '../state/route.ts'
import { Actions, type OpenForm } from './job/actions.ts'
import { DelayForm } from './job/delay-form.ts'
import { EndForm } from './job/end-form.ts'
import { HeldPanel } from './job/held-panel.ts'
import { JobFacts } from './job/job-facts.ts'
import { ShipForm } from './job/ship-form.ts'

type Props = {
  readonly job: JobView
  readonly tools: Tools
  readonly form: OpenForm | undefined
  readonly onForm: (form: OpenForm | undefined) => void
}

/** One job: what it is, where it goes, and what to do next. */
export function JobScreen({ job, tools, form, onForm }: Props) {
  const { words } = tools
  return h(
    'article',
    { class: 'job' },
    h('a', { class: 'button back', href: hrefOf.jobs() }, `← ${words.back}`),
    job.isTest && h('p', { class: 'test-order' }, words.testOrder),
    h(
      'div',
      { class: 'job-head' },
      h(JobPicture, { job, words }),
      h(
        'div',
        { class: 'job-name' },
        h('h1', {}, titleText(job)),
        h('p', { class: 'job-copies figures' }, copiesText(job.quantity, words)),
        h('p', {}, job.product, ' · ', h('span', { class: 'figures' }, shortId(job.jobId))),
        h('p', { class: 'job-when' }, h(StageMark, { job, words }), h(Due, { job, tools })),
      ),
    ),
    h(Doing, { job, tools, form, onForm }),
    h(JobFacts, { job, tools }),
  )
}

function Due({ job: { dueAt, isLate }, tools: { words, locale } }: Pick<Props, 'job' | 'tools'>) {
  if (dueAt === undefined) return null
  const text = filled(isLate ? words.late : words.due, { date: dayOf(dueAt, locale) })
  return h('span', { class: isLate ? 'urgent' : undefined }, h(Time, { iso: dueAt, text }))
}

/** A decision, a form, or the buttons. */
function Doing({ job, tools, form, onForm }: Props) {
  const close = () => onForm(undefined)
  const { words } = tools
  if (job.mayDecide) return h(HeldPanel, { key: job.stage, job, tools })
  return h(
    Fragment,
    {},
    job.isCancelAsked &&
      needsPerson(job) &&
      h('div', { class: 'panel', 'data-kind': 'warn' }, h('h2', {}, words.cancelTitle), h('p', {}, words.cancelText)),
    form === 'ship' && h(ShipForm, { job, tools, onClose: close }),
    form === 'delay' && h(DelayForm, { job, tools, onClose: close }),
    isEnd(form) && h(EndForm, { key: form, job, how: form, tools, onClose: close }),
    form === undefined && h(Actions, { job, tools, onForm }),
  )
}

const isEnd = (form: OpenForm | undefined) => form !== undefined && form !== 'ship' && form !== 'delay'

/** A code of a job that this client does not know. */
export const UnknownJob = ({ tools: { words } }: { readonly tools: Tools }) =>
  h(
    'article',
    { class: 'job' },
    h('a', { class: 'button back', href: hrefOf.jobs() }, `← ${words.back}`),
    h('h1', {}, words.unknown_job),
  )
