import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Button } from '#look/button.ts'
import { h } from '#look/h.ts'
import { filled } from '#look/words.ts'
import { copiesLeft } from '../../../model/steps.ts'
import type { JobView } from '../../../model/view.ts'
import type { Words } from '../../../words/en.ts'
import type { Tools } from '../../page-tools.ts'
import { AskOnce } from '../../parts/ask-once.ts'
import { copiesText } from '../../parts/texts.ts'
import { useDraft } from '../../state/use-draft.ts'
import { carrierUsedBefore, rememberCarrier } from './carriers.ts'
import { ParcelFields } from './parcel-fields.ts'
import { copiesIn, faultsOf, isParcels, type ParcelDraft } from './parcels.ts'

type Props = { readonly job: JobView; readonly tools: Tools; readonly onClose: () => void }

/** Who takes it, with which number, and how many copies are in each parcel. */
export function ShipForm({ job, tools, onClose }: Props) {
  const { words, acting, say, sounds } = tools
  const left = copiesLeft(job)
  const first = (): readonly ParcelDraft[] => [{ carrier: carrierUsedBefore(), number: '', copies: String(left) }]
  const [parcels, setParcels, forget] = useDraft(`ship ${job.jobId}`, isParcels, first)
  const [isTried, setTried] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const form = useFocusOnFirst()
  const faults = faultsOf(parcels, left, words)
  const change = (place: number, parcel: ParcelDraft) => {
    setParcels(parcels.with(place, parcel))
    setAsking(false)
  }
  const goOn = () => {
    setTried(true)
    if (faults.isFine) setAsking(true)
    else sounds.play('odd')
  }
  const ship = async () => {
    const sent = parcels.map(({ carrier, number, copies }) => ({
      ...{ carrier: carrier.trim(), number: number.trim(), quantity: Number(copies) },
    }))
    if (!(await acting.act(job.jobId, 'ship', { parcels: sent }))) return sounds.play('odd')
    rememberCarrier(sent.at(-1)?.carrier ?? '')
    sounds.play('done')
    say(filled(words.said, { what: words.stage_shipped }))
    forget()
    onClose()
  }
  return h(
    'form',
    {
      class: 'panel',
      'aria-label': words.shipTitle,
      noValidate: true,
      ref: form,
      onSubmit: (event: Event) => {
        event.preventDefault()
        goOn()
      },
    },
    h('h2', {}, words.shipTitle),
    parcels.map((parcel, place) =>
      h(ParcelFields, {
        key: place,
        ...{ parcel, place, words, isOnly: parcels.length === 1 },
        faults: isTried ? (faults.parcels[place] ?? {}) : {},
        onChange: (changed: ParcelDraft) => change(place, changed),
        onRemove: () => setParcels(parcels.toSpliced(place, 1)),
      }),
    ),
    isTried && faults.sum !== undefined && h('p', { class: 'fault', role: 'alert' }, faults.sum),
    acting.fault !== undefined && h('p', { class: 'fault', role: 'alert' }, acting.fault),
    isAsking && faults.isFine
      ? h(AskOnce, {
          question: askText(parcels, left, words),
          ...{ yes: words.shipYes, no: words.no, isBusy: acting.isBusy },
          onYes: () => void ship(),
          onNo: () => setAsking(false),
        })
      : h(
          'div',
          { class: 'row' },
          h(Button, { kind: 'primary', type: 'submit' }, words.shipNext),
          h(Button, { onClick: () => setParcels([...parcels, another(parcels, left)]) }, words.addParcel),
          h(Button, { onClick: onClose }, words.no),
        ),
  )
}

/** The field that the carrier's label is scanned into, where the carrier is known. */
function useFocusOnFirst() {
  const form = useRef<HTMLFormElement>(null)
  useLayoutEffect(() => {
    const inputs = [...(form.current?.querySelectorAll('input') ?? [])]
    inputs.find(({ value }) => value === '')?.focus()
  }, [])
  return form
}

function another(parcels: readonly ParcelDraft[], left: number): ParcelDraft {
  const rest = left - copiesIn(parcels)
  return { carrier: parcels.at(-1)?.carrier ?? '', number: '', copies: rest > 0 ? String(rest) : '' }
}

function askText(parcels: readonly ParcelDraft[], left: number, words: Words): string {
  const gone = copiesIn(parcels)
  const text = gone < left ? words.shipAskSome : words.shipAsk
  const count = parcels.length
  return filled(text, {
    copies: copiesText(gone, words),
    left: copiesText(left - gone, words),
    parcels: count === 1 ? words.oneParcel : filled(words.someParcels, { count }),
  })
}
