import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { facilityAlarms } from '../../services/order-api/facilities/watch-facilities.ts'

const page = readFileSync('docs/facilities.md', 'utf8')
const runbook = readFileSync('docs/runbook.md', 'utf8')
const rows = [...page.matchAll(/^\| `([a-z_]+)` \| (?:error|warn)[^|]*\| (.+) \|$/gm)]

/** What order-api logs as warnings or errors where it deals with facilities, by the text of its sources. */
const alarming = (): readonly string[] => {
  const call = /log\.(?:warn|error)\([^'\n]*(?:\n[^'\n]*)?'([a-z_]+)'/g
  const sources = globSync('services/order-api/{enrolment,facilities,rerouting,retention,routing,status}/**/*.ts')
  const literal = sources.flatMap((path) => [...readFileSync(path, 'utf8').matchAll(call)].map(([, name = '']) => name))
  return [...literal, ...Object.values(facilityAlarms).map(({ begins }) => begins)]
}

test('whatever goes wrong with a facility has a row that says what to do, and no row is of nothing', () => {
  expect(rows.map(([, name]) => name).toSorted()).toEqual([...new Set(alarming())].toSorted())
})

test('silence, impersonation, old queues and jobs that stand still lead to a heading of the runbook, by event and from the first table', () => {
  const headings = [...runbook.matchAll(/^## (.+)$/gm)].map(([, text = '']) => text.toLowerCase().replaceAll(' ', '-'))
  for (const event of ['facility_silent', 'facility_queue_old', 'facility_jobs_stuck', 'facility_impersonated']) {
    const [, , told = ''] = rows.find(([, name]) => name === event) ?? []
    const [, anchor = ''] = /runbook\.md#([a-z-]+)/.exec(told) ?? []
    expect([event, headings.includes(anchor)]).toEqual([event, true])
    expect(runbook).toMatch(new RegExp(`^\\| .*\`${event}\`.*\\(#${anchor}\\) \\|$`, 'm'))
    expect(runbook).toContain(`*Noticed:* \`${event}\``)
  }
  for (const [, anchor] of page.matchAll(/runbook\.md#([a-z-]+)/g)) expect(headings).toContain(anchor)
})
