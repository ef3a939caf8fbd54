import { Button } from '#look/button.ts'
import { Fragment, h } from '#look/h.ts'
import { filled } from '#look/words.ts'
import { isComplete, partsToMatch, type Station } from '../../model/pack-station.ts'
import type { JobView } from '../../model/view.ts'
import type { Words } from '../../words/en.ts'
import type { Tools } from '../page-tools.ts'
import { JobPicture } from '../parts/job-picture.ts'
import { copiesText, countryText, partText, shortId, titleText } from '../parts/texts.ts'
import { ShipForm } from './job/ship-form.ts'

type Props = {
  readonly station: Station
  readonly job: JobView | undefined
  readonly tools: Tools
  readonly onPacked: () => void
  readonly onStartOver: () => void
}

/** Book, cover and address have to be of one job before anything is said to be packed. */
export function Pack({ station, job, tools, onPacked, onStartOver }: Props) {
  const { words } = tools
  if (job === undefined || station.jobId === undefined)
    return h(
      'section',
      { class: 'pack empty' },
      h('h1', {}, words.packBegin),
      h('p', {}, words.packBeginText),
      station.note && h('p', { class: 'note', role: 'alert' }, words[`note_${station.note}`]),
    )
  const missing = partsToMatch(job).find((part) => !station.seen.includes(part))
  return h(
    'section',
    { class: 'pack' },
    h('h1', { class: missing === undefined ? 'unseen' : '' }, headText(missing, words)),
    h(OnTable, { job, tools }),
    h(
      'ol',
      { class: 'matches' },
      partsToMatch(job).map((part) => h(Match, { key: part, part, isSeen: station.seen.includes(part), tools })),
    ),
    station.note && h('p', { class: 'note', role: 'alert' }, words[`note_${station.note}`]),
    isComplete(station, job) && h(Complete, { job, tools, onPacked }),
    h(Button, { onClick: onStartOver }, words.packStartOver),
  )
}

const headText = (missing: string | undefined, words: Words): string =>
  missing === undefined ? words.packTitle : filled(words.packScan, { part: partText(missing, words) })

const OnTable = ({ job, tools: { words, locale } }: { readonly job: JobView; readonly tools: Tools }) =>
  h(
    'div',
    { class: 'job-head' },
    h(JobPicture, { job, words }),
    h(
      'div',
      { class: 'job-name' },
      h('h2', {}, titleText(job)),
      h('p', { class: 'job-copies figures' }, copiesText(job.quantity, words)),
      h('p', {}, job.product, ' · ', shortId(job.jobId)),
      job.isTest && h('p', { class: 'test-order' }, words.testOrder),
      job.shipTo &&
        h(
          'address',
          {},
          job.shipTo.lines.map((line, place) => h('span', { key: place }, line)),
          h('span', {}, countryText(job.shipTo.country, locale)),
        ),
    ),
  )

type MatchProps = { readonly part: string; readonly isSeen: boolean; readonly tools: Tools }

const Match = ({ part, isSeen, tools: { words } }: MatchProps) =>
  h(
    'li',
    { 'data-seen': isSeen ? 'true' : 'false' },
    h('b', {}, partText(part, words)),
    h('span', {}, isSeen ? words.packSeen : words.packWaiting),
  )

type CompleteProps = { readonly job: JobView; readonly tools: Tools; readonly onPacked: () => void }

function Complete({ job, tools, onPacked }: CompleteProps) {
  const { words, acting } = tools
  const copies = copiesText(job.quantity, words)
  const isPacked = job.stage === 'packed'
  const isOver = job.stage === 'shipped' || job.stage === 'delivered'
  return h(
    Fragment,
    {},
    h(
      'div',
      { class: 'complete', role: 'status' },
      h('p', { class: 'complete-sign' }, isPacked || isOver ? words.packDone : words.packAll),
      h('p', {}, isPacked ? words.packNext : isOver ? words.stage_shipped : filled(words.packCount, { copies })),
      acting.fault !== undefined && h('p', { class: 'fault', role: 'alert' }, acting.fault),
      !isPacked &&
        !isOver &&
        h(
          Button,
          { kind: 'primary', id: 'next', isBusy: acting.isBusy, onClick: onPacked },
          job.quantity === 1 ? words.doPacked : filled(words.packCountYes, { copies }),
        ),
    ),
    isPacked && h(ShipForm, { key: job.jobId, job, tools, onClose: () => undefined }),
  )
}
