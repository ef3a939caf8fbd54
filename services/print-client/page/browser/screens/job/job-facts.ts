import { type ComponentChildren, h } from '#look/h.ts'
import { filled } from '#look/words.ts'
import type { JobView } from '../../../model/view.ts'
import type { Words } from '../../../words/en.ts'
import type { Tools } from '../../page-tools.ts'
import { copiesText, countryText, millimetres, pagesText, partText } from '../../parts/texts.ts'

type Props = { readonly job: JobView; readonly tools: Tools }

/** What to make, its parts with their codes, and what is written on the parcel. */
export const JobFacts = ({ job, tools }: Props) =>
  h(
    'div',
    { class: 'facts' },
    h('section', { 'aria-label': tools.words.madeOf }, h('h2', {}, tools.words.madeOf), h(Made, { job, tools })),
    h('section', { 'aria-label': tools.words.shipTo }, h('h2', {}, tools.words.shipTo), h(ShipTo, { job, tools })),
    h(
      'section',
      { class: 'wide', 'aria-label': tools.words.parts },
      h('h2', {}, tools.words.parts),
      h(Parts, { job, tools }),
    ),
  )

function Made({ job, tools: { words } }: Props) {
  const { product, trim, pages, binding, paper, options, reference } = job
  const rows: readonly (readonly [string, string | undefined])[] = [
    [words.product, product],
    [words.size, trim && millimetres(trim)],
    [words.pagesLabel, pages === undefined ? undefined : String(pages)],
    [words.binding, binding?.replaceAll('_', ' ')],
    ...Object.entries(paper).map(
      ([part, name]) => [filled(words.paper, { part: partText(part, words) }), name] as const,
    ),
    ...Object.entries(options).map(([name, value]) => [filled(words.option, { name }), value] as const),
    [words.reference, reference],
    [words.job, job.jobId],
    [words.order, job.orderId],
  ]
  return h('dl', {}, rows.filter(([, value]) => value !== undefined && value !== '').map(row))
}

const row = ([name, value]: readonly [string, ComponentChildren]) =>
  h('div', { key: name }, h('dt', {}, name), h('dd', {}, value))

function ShipTo({ job, tools: { words, locale } }: Props) {
  const { shipTo, country, shippingMethod, parcels } = job
  return h(
    'div',
    { class: 'ship-to' },
    shipTo
      ? h(
          'address',
          {},
          shipTo.lines.map((line, place) => h('span', { key: place }, line)),
          h('span', {}, countryText(shipTo.country, locale)),
        )
      : h('p', {}, words.noAddress, country && ` ${countryText(country, locale)}`),
    shipTo?.phone && h('p', {}, filled(words.phone, { number: shipTo.phone })),
    shippingMethod && h('dl', {}, row([words.method, shippingMethod])),
    parcels.length > 0 && h('h3', {}, words.parcels),
    h(
      'ul',
      {},
      parcels.map(({ carrier, number, quantity }) =>
        h(
          'li',
          { key: `${carrier} ${number}` },
          filled(words.parcelLine, { carrier, number, copies: copiesText(quantity, words) }),
        ),
      ),
    ),
  )
}

function Parts({ job, tools: { words } }: Props) {
  if (job.parts.length === 0) return h('p', {}, words.noDetails)
  return h(
    'ul',
    { class: 'parts' },
    h('li', { key: 'job' }, h(Code, { jobId: job.jobId, part: 'job', words })),
    job.parts.map(({ component, pages, widthMm, heightMm }) =>
      h(
        'li',
        { key: component },
        h(Code, { jobId: job.jobId, part: component, words }),
        h('span', { class: 'quiet' }, `${pagesText(pages, words)} · ${millimetres({ widthMm, heightMm })}`),
      ),
    ),
  )
}

type CodeProps = { readonly jobId: string; readonly part: string; readonly words: Words }

function Code({ jobId, part, words }: CodeProps) {
  const name = partText(part, words)
  const alt = filled(words.barcodeOf, { part: name })
  return h(
    'figure',
    {},
    h('figcaption', {}, name),
    h('img', { class: 'barcode', src: `/api/jobs/${jobId}/barcode/${part}`, alt }),
  )
}
