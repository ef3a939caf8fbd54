import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { edges } from '#contracts/edges.ts'
import { root } from './source-files.ts'

test('every edge has its contract, and its owner is a service', () => {
  for (const { contract, owner } of edges) {
    expect(existsSync(join(root, 'services', 'contracts', contract)), contract).toBe(true)
    expect(existsSync(join(root, 'services', owner)), owner).toBe(true)
  }
})

test('the picture in the README shows exactly the edges', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const drawn = [...readme.matchAll(/^\s+\S+ -->\|"(.+?)"\| \S+$/gm)].map((match) => match[1])
  expect(drawn).toEqual(edges.map(({ name }) => name))
})
