import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TSchema } from 'typebox'
import { expect, test } from 'vitest'
import { facilityCauseCodes } from '#contracts/facility-causes.ts'
import { CancelTicket } from '#contracts/messages/cancel-ticket.ts'
import { FacilityHeartbeat } from '#contracts/messages/facility-heartbeat.ts'
import { FacilityStatus, facilityStatuses } from '#contracts/messages/facility-status.ts'
import { JobCancel } from '#contracts/messages/job-cancel.ts'
import { JobTicket } from '#contracts/messages/job-ticket.ts'
import { ProductionTicket } from '#contracts/messages/production-ticket.ts'
import { ShopStatus, shopStatuses } from '#contracts/messages/shop-status.ts'
import { issuesOf } from '#contracts/parse.ts'
import { platforms } from '../../../services/print-client/build/platforms.ts'

const handbook = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'facility-handbook.md'), 'utf8')

/** What stands between a line and the next heading. */
function sectionOf(begin: string): string {
  const from = handbook.indexOf(begin)
  expect(from, begin).toBeGreaterThanOrEqual(0)
  const to = handbook.slice(from + begin.length).search(/^#{2,4} /m)
  return handbook.slice(from, to < 0 ? undefined : from + begin.length + to)
}

/** Names in the first column of the table that begins with `head`. */
function rowsOf(text: string, head: string): readonly string[] {
  const lines = text.slice(text.indexOf(head)).split('\n')
  const end = lines.findIndex((line) => !line.startsWith('|'))
  return lines
    .slice(2, end)
    .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name = '']) => name))
}

const namesOf = (schema: { readonly properties: Readonly<Record<string, TSchema>> }): readonly string[] =>
  Object.keys(schema.properties).toSorted()

const tables = [
  { of: 'ticket.json', section: '#### ticket.json', head: '| field | |', schema: JobTicket },
  { of: 'a status file', section: '## Statuses', head: '| field | |', schema: ShopStatus },
  {
    of: 'the production ticket',
    section: "### The facility's queue",
    head: '| field of `production`',
    schema: ProductionTicket,
  },
  {
    of: 'a status',
    section: '### The status queue',
    head: '| field of `facility_status`',
    schema: FacilityStatus,
  },
  {
    of: 'a heartbeat',
    section: '### The status queue',
    head: '| field of `facility_heartbeat`',
    schema: FacilityHeartbeat,
  },
]

test.each(tables)('the handbook names every field of $of, and no other', ({ section, head, schema }) => {
  const text = sectionOf(section)
  expect(rowsOf(text, head).toSorted()).toEqual(namesOf(schema))
})

const contracts: Readonly<Record<string, TSchema>> = {
  production: ProductionTicket,
  cancel: CancelTicket,
  facility_status: FacilityStatus,
  facility_heartbeat: FacilityHeartbeat,
  'printcloud-cancel': JobCancel,
}

test('every message in the handbook is one that the contracts take', () => {
  const messages = [...handbook.matchAll(/```json\n(.*?)```/gs)].map(
    ([, text = '']): Record<string, unknown> => JSON.parse(text),
  )
  const found = messages.flatMap((message) => {
    const contract = contracts[String(message.type ?? message.format)] ?? ('status' in message ? ShopStatus : undefined)
    return contract === undefined ? [] : [{ message, issues: issuesOf(contract, message) }]
  })
  expect(found.map(({ issues }) => issues)).toEqual(found.map(() => []))
  expect(found).toHaveLength(6)
})

test('the handbook names every status, every cause and every executable', () => {
  const statuses = sectionOf('## Statuses')
  expect(shopStatuses.filter((status) => !statuses.includes(`\`${status}\``))).toEqual([])
  const queue = sectionOf('### The status queue')
  const others = facilityStatuses.filter((status) => !shopStatuses.some((each) => each === status))
  expect(others.filter((status) => !queue.includes(`\`${status}\``))).toEqual([])
  const causes = sectionOf('### Causes')
  expect(facilityCauseCodes.filter((code) => !causes.includes(`\`${code}\``))).toEqual([])
  const program = sectionOf('## The program')
  for (const [name, { node }] of Object.entries(platforms)) {
    expect(program).toMatch(new RegExp(`\\| ${name} \\|.*\\| ${node.version.replaceAll('.', '\\.')} \\|`))
  }
})
