import { type ComponentChildren, h } from './h.ts'

export type RadioCard = {
  readonly value: string
  readonly title: string
  readonly lines?: readonly ComponentChildren[]
  readonly picture?: ComponentChildren
  readonly aside?: ComponentChildren
  readonly isDisabled?: boolean
}

type Props = {
  readonly legend: string
  readonly isLegendUnseen?: boolean
  /** Nothing to choose: the one card shows no sign of a choice. */
  readonly isAlone?: boolean
  readonly name: string
  readonly value: string | undefined
  readonly cards: readonly RadioCard[]
  readonly onChange: (value: string) => void
}

/** A choice out of few, each with what there is to know of it. Arrow keys go through them, as with all radio buttons. */
export function RadioCards({ legend, isLegendUnseen = false, isAlone = false, name, value, cards, onChange }: Props) {
  return h(
    'fieldset',
    { class: 'radio-cards', 'data-alone': isAlone ? 'true' : undefined },
    h('legend', { class: isLegendUnseen ? 'unseen' : 'legend' }, legend),
    cards.map((card) =>
      h(
        'label',
        { class: 'radio-card', key: card.value },
        h('input', {
          type: 'radio',
          name,
          value: card.value,
          checked: card.value === value,
          disabled: card.isDisabled,
          onChange: () => onChange(card.value),
        }),
        h(
          'span',
          { class: 'said' },
          card.picture,
          h(
            'span',
            { class: 'words' },
            h('span', { class: 'title' }, card.title),
            (card.lines ?? []).map((line, index) => h('span', { class: 'line', key: index }, line)),
          ),
        ),
        card.aside && h('span', { class: 'aside' }, card.aside),
      ),
    ),
  )
}
