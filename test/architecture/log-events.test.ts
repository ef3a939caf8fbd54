import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')

/** Events that a service logs as warnings or errors, by the text of its sources. */
function alarming(service: string): readonly string[] {
  const call = /log\.(?:warn|error)\([^'\n]*(?:\n[^'\n]*)?'([a-z_]+)'/g
  const sources = globSync(`services/${service}/**/*.ts`, { cwd: root })
  const found = sources.flatMap((path) => [...read(path).matchAll(call)].map(([, name = '']) => name))
  return [...new Set(found)].toSorted()
}

/** Events that have a row of the page's tables. */
function told(page: string): readonly string[] {
  const rows = read(page)
    .split('\n')
    .filter((line) => /^\| `[a-z_`, ]+` \| (?:warn|error)/.test(line))
  const cells = rows.map((row) => row.split('|')[1] ?? '')
  return cells.flatMap((cell) => [...cell.matchAll(/`([a-z_]+)`/g)].map(([, name = '']) => name)).toSorted()
}

describe.each([
  { service: 'button-checkout', page: 'docs/checkout.md' },
  { service: 'print-client', page: 'docs/facility-handbook.md' },
])('$service', ({ service, page }) => {
  test('whatever it logs as a warning or an error has a row that says what to do, and no row is of nothing', () => {
    expect(told(page)).toEqual(alarming(service))
  })
})

test.each(['docs/checkout.md', 'docs/facilities.md'])(
  'every step of the runbook that the table of %s leads to is there',
  (page) => {
    const headings = [...read('docs/runbook.md').matchAll(/^## (.+)$/gm)].map(([, text = '']) =>
      text.toLowerCase().replaceAll(' ', '-'),
    )
    const wanted = [...read(page).matchAll(/runbook\.md#([a-z-]+)/g)].map(([, name]) => name)
    expect(wanted.length).toBeGreaterThan(4)
    expect(headings).toEqual(expect.arrayContaining(wanted))
  },
)
