import type { Ref } from 'preact'
import { h } from '#look/h.ts'
import { countOf } from '../../model/queue-list.ts'
import type { Overview } from '../../model/view.ts'
import type { Words } from '../../words/en.ts'
import { hrefOf, type Route } from '../state/route.ts'

type Props = {
  readonly words: Words
  readonly route: Route
  readonly overview: Overview | undefined
  readonly field: Ref<HTMLInputElement>
  readonly isWell: boolean
}

/** The way between the screens, and the field that codes go to. */
export function Head({ words, route, overview, field, isWell }: Props) {
  const { screen } = route
  const count = overview ? countOf(overview.jobs, 'open') : 0
  const tab = (href: string, text: string, isHere: boolean, more?: string) =>
    h('a', { href, class: 'tab', 'aria-current': isHere ? 'page' : undefined }, text, more && h('b', {}, ` ${more}`))
  return h(
    'header',
    { class: 'head' },
    h(
      'nav',
      { 'aria-label': words.documentTitle },
      tab(hrefOf.jobs(), words.queueTab, screen === 'jobs' || screen === 'job', count > 0 ? String(count) : undefined),
      tab(hrefOf.pack, words.packTab, screen === 'pack'),
      tab(hrefOf.state, words.healthTab, screen === 'state', isWell ? undefined : '!'),
    ),
    h(
      'div',
      { class: 'scan' },
      h('label', { for: 'scan' }, words.scanLabel),
      h('input', {
        ...{ id: 'scan', ref: field, type: 'text', inputMode: 'none', autocomplete: 'off', spellcheck: false },
        ...{ autocapitalize: 'none', title: words.scanHint, maxLength: 120 },
      }),
    ),
  )
}
