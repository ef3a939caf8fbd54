import { Empty } from '#look/empty.ts'
import { Fragment, h } from '#look/h.ts'
import { filled } from '#look/words.ts'
import { countOf, type Filter, filters, queueList } from '../../model/queue-list.ts'
import { needsPerson } from '../../model/steps.ts'
import type { JobView } from '../../model/view.ts'
import type { Words } from '../../words/en.ts'
import type { Tools } from '../page-tools.ts'
import { JobPicture } from '../parts/job-picture.ts'
import { StageMark } from '../parts/stage-mark.ts'
import { copiesText, dayOf, momentOf, shortId, titleText } from '../parts/texts.ts'
import { Time } from '../parts/time.ts'
import { hrefOf } from '../state/route.ts'

type Props = { readonly jobs: readonly JobView[]; readonly filter: Filter; readonly tools: Tools }

/** All jobs, what needs a person first. */
export function Queue({ jobs, filter, tools }: Props) {
  const { words } = tools
  const list = queueList(jobs, filter)
  return h(
    Fragment,
    {},
    h('h1', { class: 'unseen' }, words.queueTab),
    h(
      'nav',
      { class: 'filters', 'aria-label': words.filtersLabel },
      filters.map((each) =>
        h(
          'a',
          { key: each, class: 'button', href: hrefOf.jobs(each), 'aria-current': each === filter ? 'true' : undefined },
          filterText(each, words),
          h('b', {}, String(countOf(jobs, each))),
        ),
      ),
    ),
    list.length === 0
      ? h(Empty, emptyText(filter, words))
      : h(
          'ul',
          { class: 'jobs', 'aria-label': words.listLabel },
          list.map((job) => h('li', { key: job.jobId }, h(Row, { job, tools }))),
        ),
  )
}

const filterText = (filter: Filter, words: Words): string =>
  ({
    open: words.filterOpen,
    print: words.filterPrint,
    pack: words.filterPack,
    ship: words.filterShip,
    over: words.filterOver,
  })[filter]

const emptyText = (filter: Filter, words: Words) =>
  filter === 'open'
    ? { title: words.emptyTitle, text: words.emptyText }
    : { title: words.emptyFilterTitle, text: words.emptyFilterText }

function Row({ job, tools }: { readonly job: JobView; readonly tools: Tools }) {
  const { words } = tools
  return h(
    'a',
    { class: 'job-row', href: hrefOf.job(job.jobId), 'data-urgent': needsPerson(job) ? 'true' : undefined },
    h(JobPicture, { job, words, isDecoration: true }),
    h(
      'span',
      { class: 'job-what' },
      h('span', { class: 'job-title' }, titleText(job)),
      h('span', { class: 'job-product' }, job.product, h('span', { class: 'figures' }, ` · ${shortId(job.jobId)}`)),
      job.isTest && h('span', { class: 'test-order' }, words.testOrder),
      job.isCancelAsked && needsPerson(job) && h('span', { class: 'urgent' }, words.cancelAsked),
    ),
    h('span', { class: 'job-copies figures' }, copiesText(job.quantity, words)),
    h(
      'span',
      { class: 'job-state' },
      h(StageMark, { job, words }),
      h(Due, { job, tools }),
      job.untold > 0 && h('span', { class: 'quiet' }, words.untold),
    ),
  )
}

function Due({ job, tools: { words, locale } }: { readonly job: JobView; readonly tools: Tools }) {
  const { dueAt, arrivedAt, isLate, isDelayed } = job
  if (dueAt !== undefined) {
    const text = isLate ? words.late : isDelayed ? words.newDate : words.due
    return h(
      'span',
      { class: isLate ? 'job-due urgent' : 'job-due' },
      h(Time, { iso: dueAt, text: filled(text, { date: dayOf(dueAt, locale) }) }),
    )
  }
  if (arrivedAt === undefined) return null
  const text = filled(words.came, { date: momentOf(arrivedAt, locale) })
  return h('span', { class: 'job-due' }, h(Time, { iso: arrivedAt, text }))
}
