import type { StatusDocument } from '../../order-client/index.ts'
import type { Paint } from './paint.ts'
import { plain } from './plain.ts'
import { ageText } from './words.ts'

/** What the platform says of itself, what a probe sees from outside, and the page that shows both. */
export type Told = {
  readonly platform: StatusDocument | undefined
  readonly probe: StatusDocument | undefined
  readonly pageUrl: string
}
export type Condition = StatusDocument['condition']

/** The better, the earlier. */
const severity: readonly Condition[] = ['working', 'unknown', 'degraded', 'down']

const isOverdue = ({ next_at }: StatusDocument, nowEpochMs: number): boolean => nowEpochMs > Date.parse(next_at)

/** The worse of what both say now. A platform that has fallen silent is not known to work; without a probe nothing is missing. */
export function conditionOf({ platform, probe }: Told, nowEpochMs: number): Condition {
  const own = platform === undefined || isOverdue(platform, nowEpochMs) ? 'unknown' : platform.condition
  const seen = probe === undefined || isOverdue(probe, nowEpochMs) ? own : probe.condition
  return severity.indexOf(seen) > severity.indexOf(own) ? seen : own
}

/** Three lines: how it is, part by part, from outside. */
export function statusText(told: Told, nowEpochMs: number, paint: Paint): string {
  const { platform, probe, pageUrl } = told
  return [
    `${mark(conditionOf(told, nowEpochMs), paint)}, ${saidText(platform, nowEpochMs)}`,
    platform === undefined ? 'No part is known.' : platform.parts.map(partText).join(' · '),
    `From outside: ${probe === undefined ? 'nobody looks' : seenText(probe, nowEpochMs)} · ${pageUrl}`,
  ].join('\n')
}

function mark(condition: Condition, paint: Paint): string {
  switch (condition) {
    case 'working':
      return paint.accent('● Working')
    case 'degraded':
      return paint.warn('! Degraded')
    case 'down':
      return paint.reject('✗ Down')
    case 'unknown':
      return paint.warn('? Unknown')
  }
}

function saidText(platform: StatusDocument | undefined, nowEpochMs: number): string {
  if (platform === undefined) return 'the platform has said nothing yet'
  const age = ageText(platform.at, nowEpochMs)
  return isOverdue(platform, nowEpochMs) ? `the platform has said nothing for ${age}` : `as of ${age} ago`
}

const partText = ({ name, condition, detail }: StatusDocument['parts'][number]): string =>
  `${plain(name)} ${condition}${detail === undefined || condition === 'working' ? '' : ` (${plain(detail)})`}`

const seenText = (probe: StatusDocument, nowEpochMs: number): string =>
  isOverdue(probe, nowEpochMs)
    ? `nobody has looked for ${ageText(probe.at, nowEpochMs)}`
    : `${probe.condition}, seen ${ageText(probe.at, nowEpochMs)} ago`
