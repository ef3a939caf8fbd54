import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const root = new URL('../../../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')
const sources = globSync('services/button-checkout/**/*.ts', { cwd: root })

/** Events that the checkout logs as warnings or errors, by the text of its sources. */
function alarming(): readonly string[] {
  const call = /log\.(?:warn|error)\([^'\n]*(?:\n[^'\n]*)?'([a-z_]+)'/g
  return sources.flatMap((path) => [...read(path).matchAll(call)].map(([, name = '']) => name))
}

test('whatever the checkout logs as a warning or an error has a row that says what to do, and no row is of nothing', () => {
  const rows = read('docs/checkout.md')
    .split('\n')
    .filter((line) => /^\| `[a-z_`, ]+` \| (?:warn|error)/.test(line))
  const told = rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`([a-z_]+)`/g)].map(([, name = '']) => name),
  )
  expect(told.toSorted()).toEqual([...new Set(alarming())].toSorted())
})

test('every step of the runbook that the checkout’s table leads to is there', () => {
  const headings = [...read('docs/runbook.md').matchAll(/^## (.+)$/gm)].map(([, text = '']) =>
    text.toLowerCase().replaceAll(' ', '-'),
  )
  const wanted = [...read('docs/checkout.md').matchAll(/runbook\.md#([a-z-]+)/g)].map(([, name]) => name)
  expect(wanted.length).toBeGreaterThan(5)
  expect(headings).toEqual(expect.arrayContaining(wanted))
})
