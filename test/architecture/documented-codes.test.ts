import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findingCodes } from '#contracts/finding-codes.ts'
import { problemCodes } from '#contracts/problem-codes.ts'
import { root } from './source-files.ts'

const text = readFileSync(join(root, 'docs', 'errors.md'), 'utf8')

test('docs/errors.md explains exactly the problem codes of the API, each with its HTTP status', () => {
  const documented = [...text.matchAll(/^### ([a-z_]+)\n\n(\d{3}) /gm)].map((match) => [match[1], Number(match[2])])
  expect(documented).toEqual(Object.entries(problemCodes).map(([code, { status }]) => [code, status]))
})

test('docs/errors.md explains exactly the finding codes of preflight, in their order of gravity', () => {
  const documented = [...text.matchAll(/^\| `([A-Z0-9_]+)` \|/gm)].map((match) => match[1])
  expect(documented).toEqual([...findingCodes.reject, ...findingCodes.warn, ...findingCodes.fixed])
})
