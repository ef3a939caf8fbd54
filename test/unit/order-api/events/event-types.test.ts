import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { eventTypes } from '#contracts/event-types.ts'
import { itemEvents } from '#contracts/item-states.ts'
import { stages } from '#contracts/order-states.ts'
import { root, sourceFiles } from '../../../architecture/source-files.ts'

const things = 'order|item|preflight|publication|webhook|key|member|account|ledger'

/** What the code puts together: every template that makes a type, with all that it can make. */
const templates: Readonly<Record<string, readonly string[]>> = {
  // A draft is created; no order ever enters that stage.
  '`order.${stage}`': stages.filter((stage) => stage !== 'draft').map((stage) => `order.${stage}`),
  // Acceptance is told by the stage, and asking by order.cancel_requested.
  '`order.cancel_${state}`': ['order.cancel_partially_accepted', 'order.cancel_declined'],
  // The release of an item is told as item.queued, with its job.
  '`item.${news.event}`': itemEvents.filter((event) => event !== 'released').map((event) => `item.${event}`),
  '`item.${decision}`': ['item.late', 'item.impossible'],
}

const sources = sourceFiles('services/order-api').map(({ text }) => text.replaceAll(/^\s*(\*|\/\/|\/\*\*).*$/gm, ''))
const written = (form: RegExp): string[] => [...new Set(sources.flatMap((text) => text.match(form) ?? []))].toSorted()

test('the closed list of event types is what the code can say, no more and no less', () => {
  expect(written(new RegExp(`\`(${things})\\.[^\`$]*\\$\{[^\`]*\``, 'g'))).toEqual(Object.keys(templates).toSorted())
  const plain = written(new RegExp(`'(${things})\\.[a-z_]+'`, 'g')).map((text) => text.slice(1, -1))
  const can = new Set([...plain, ...Object.values(templates).flat()])
  expect(Object.keys(eventTypes).toSorted()).toEqual([...can].toSorted())
})

test('docs/api/events.md lists the same types with the same words', () => {
  const text = readFileSync(join(root, 'docs', 'api', 'events.md'), 'utf8')
  const listed = [...text.matchAll(/^\| `([a-z_]+\.[a-z_]+)` \| (.+) \|$/gm)].map((match) => [match[1], match[2]])
  expect(listed).toEqual(Object.entries(eventTypes))
})
