import { h } from './h.ts'

export type Step = { readonly title: string; readonly href: string; readonly state: 'done' | 'now' | 'later' }

/** Where one is on a way of few steps; those that were reached are links to their place. */
export const Steps = ({ label, steps }: { readonly label: string; readonly steps: readonly Step[] }) =>
  h(
    'nav',
    { 'aria-label': label },
    h(
      'ol',
      { class: 'steps' },
      steps.map(({ title, href, state }, index) =>
        h(
          'li',
          { key: href, 'data-state': state, 'aria-current': state === 'now' ? 'step' : undefined },
          h('span', { class: 'mark', 'aria-hidden': 'true' }, state === 'done' ? '✓' : String(index + 1)),
          state === 'done' ? h('a', { href }, title) : h('span', {}, title),
        ),
      ),
    ),
  )
