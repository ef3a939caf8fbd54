import { h } from '#look/h.ts'
import { filled } from '#look/words.ts'
import type { HealthView } from '../../model/view.ts'
import type { Words } from '../../words/en.ts'
import { momentOf } from './texts.ts'

type Known = {
  readonly health: HealthView | undefined
  readonly awaySince: Date | undefined
  readonly words: Words
  readonly locale: string
}

export type Trouble = {
  readonly key: string
  readonly kind: 'warn' | 'reject'
  readonly title: string
  readonly text?: string
}

/** Minutes from which a wrong clock dates parcels wrongly; seconds matter to nobody here. */
const clockWrongSeconds = 300
const diskLowBytes = 1_000_000_000

/** What hinders the client, across the top of every screen. */
export const Banners = ({ troubles }: { readonly troubles: readonly Trouble[] }) =>
  h(
    'div',
    { class: 'banners', role: 'status' },
    troubles.map(({ key, kind, title, text }) =>
      h('div', { key, class: 'banner', 'data-kind': kind }, h('b', {}, title), text && h('span', {}, text)),
    ),
  )

/** All of them, the worst first; pure. */
export function troublesOf({ health, awaySince, words, locale }: Known): readonly Trouble[] {
  if (awaySince) {
    const time = momentOf(awaySince.toISOString(), locale)
    return [{ key: 'away', kind: 'reject', title: filled(words.clientAway, { time }), text: words.clientAwayText }]
  }
  return health ? [...stopping(health, words), ...offline(health, words, locale), ...machine(health, words)] : []
}

/** While the cable is cut no ticket comes: that is said once, as the cable. */
function stopping({ isTaking, isReady, isReachable, reason, outputs }: HealthView, words: Words): Trouble[] {
  const away = outputs.filter((output) => !output.isReady)
  if (!isTaking && !(isReady && isReachable === false))
    return [{ key: 'taking', kind: 'reject', title: words.notTaking, text: reason ?? away[0]?.reason }]
  return away.map(({ name, reason: why }) => ({
    ...{ key: `output-${name}`, kind: 'reject' as const },
    ...{ title: filled(words.outputAway, { name }), text: why },
  }))
}

function offline(health: HealthView, words: Words, locale: string): Trouble[] {
  if (health.isReachable !== false) return []
  const { lastAnswerAt, outboxWaiting } = health
  const title = lastAnswerAt ? filled(words.offline, { time: momentOf(lastAnswerAt, locale) }) : words.offlineNow
  const waiting = outboxWaiting > 0 ? ` ${filled(words.waitingToSend, { count: outboxWaiting })}.` : ''
  return [{ key: 'offline', kind: 'warn', title, text: `${words.offlineText}${waiting}` }]
}

function machine({ clockSkewSeconds = 0, diskFreeBytes }: HealthView, words: Words): Trouble[] {
  const minutes = Math.round(Math.abs(clockSkewSeconds) / 60)
  const clock = { key: 'clock', kind: 'warn' as const, title: filled(words.clockOff, { minutes }) }
  const free = ((diskFreeBytes ?? 0) / 1e9).toFixed(1)
  const disk = { key: 'disk', kind: 'warn' as const, title: filled(words.diskLow, { free }) }
  return [
    ...(Math.abs(clockSkewSeconds) >= clockWrongSeconds ? [clock] : []),
    ...(diskFreeBytes !== undefined && diskFreeBytes < diskLowBytes ? [disk] : []),
  ]
}
