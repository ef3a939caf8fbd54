import { type ComponentChildren, h } from './h.ts'

export type ProgressStep = {
  readonly title: string
  readonly note?: ComponentChildren
  readonly state: 'done' | 'now' | 'later' | 'stopped'
}

/** How far something is; `words` says done, now and so on to those who do not see the signs. */
export const Progress = ({
  label,
  steps,
  words,
}: {
  readonly label: string
  readonly steps: readonly ProgressStep[]
  readonly words: Readonly<Record<ProgressStep['state'], string>>
}) =>
  h(
    'ol',
    { class: 'progress', 'aria-label': label },
    steps.map(({ title, note, state }) =>
      h(
        'li',
        { key: title, 'data-state': state, 'aria-current': state === 'now' ? 'step' : undefined },
        h('span', { class: 'what' }, title, h('span', { class: 'unseen' }, ` (${words[state]})`)),
        note && h('span', { class: 'note' }, note),
      ),
    ),
  )
