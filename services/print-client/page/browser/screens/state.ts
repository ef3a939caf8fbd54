import { Button } from '#look/button.ts'
import { type ComponentChildren, Fragment, h } from '#look/h.ts'
import { filled } from '#look/words.ts'
import type { HealthView } from '../../model/view.ts'
import { languageNames } from '../../words/language-names.ts'
import type { Tools } from '../page-tools.ts'
import { momentOf } from '../parts/texts.ts'
import { Time } from '../parts/time.ts'

type Props = { readonly health: HealthView; readonly isWell: boolean; readonly tools: Tools }

/** How the client is: its line, its disk, its clock, its ways out. */
export function StateScreen({ health, isWell, tools }: Props) {
  const { words, sounds } = tools
  return h(
    Fragment,
    {},
    h('h1', {}, words.healthTitle),
    isWell && h('p', { class: 'good' }, words.healthGood),
    h(
      'dl',
      { class: 'health' },
      rowsOf(health, tools).map(([name, value]) => h('div', { key: name }, h('dt', {}, name), h('dd', {}, value))),
    ),
    h('div', { class: 'row' }, h(Button, { onClick: () => sounds.play('stop') }, words.soundTest)),
    h(
      'nav',
      { class: 'row', 'aria-label': words.language },
      Object.entries(languageNames).map(([language, name]) =>
        h(
          'a',
          {
            ...{
              key: language,
              class: 'button',
              href: `/?lang=${language}#/state`,
              lang: language,
              hrefLang: language,
            },
            'aria-current': tools.locale.startsWith(language) ? 'true' : undefined,
          },
          name,
        ),
      ),
    ),
  )
}

type Row = readonly [string, ComponentChildren]

function rowsOf(health: HealthView, { words, locale }: Tools): readonly Row[] {
  const { isReachable, lastAnswerAt, outputs, diskFreeBytes, clockSkewSeconds } = health
  const moment = lastAnswerAt && h(Time, { iso: lastAnswerAt, text: momentOf(lastAnswerAt, locale) })
  return [
    [words.connection, isReachable === false ? words.offlineNow : isReachable ? words.online : words.never],
    [words.lastContact, moment ?? words.never],
    [words.outbox, String(health.outboxWaiting)],
    // Why not stands above, in the banner of every screen.
    [words.taking, health.isTaking ? words.yes : words.notSo],
    ...outputs.map(
      ({ name, isReady }): Row => [filled(words.outputs, { name }), isReady ? words.ready : words.notReady],
    ),
    [
      words.disk,
      diskFreeBytes === undefined ? '–' : filled(words.gigabytes, { count: (diskFreeBytes / 1e9).toFixed(1) }),
    ],
    [words.clock, clockText(clockSkewSeconds, words)],
    [words.facility, health.facilityId],
    [words.client, health.clientId],
    [words.version, health.version],
  ]
}

function clockText(seconds: number | undefined, words: Tools['words']): string {
  if (seconds === undefined) return '–'
  return Math.abs(seconds) < 5 ? words.clockRight : filled(words.clockSkew, { seconds })
}
