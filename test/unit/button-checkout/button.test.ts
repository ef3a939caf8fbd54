import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { checkoutPath } from '#contracts/checkout/start.ts'
import { documentPaths } from '#contracts/published/document-paths.ts'
import { bundleButton } from '../../../services/button-checkout/build/bundle-button.ts'
import { readableOn } from '../../../services/button-checkout/button/readable-on.ts'
import { buttonVersion } from '../../../services/button-checkout/button/version.ts'
import { words } from '../../../services/button-checkout/button/words.ts'
import { integrityOf } from '../../../services/button-checkout/statics/button-objects.ts'
import { isOlder } from '../../../services/button-checkout/statics/is-older.ts'

const folder = mkdtempSync(join(tmpdir(), 'printcloud-button-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
bundleButton(join(folder, 'button.js'))
const built = readFileSync(join(folder, 'button.js'), 'utf8')
const guide = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'embed.md'), 'utf8')

test('the button has at most 3,072 bytes when it is packed, makes no code of text, and stores nothing', () => {
  const bytes = gzipSync(built, { level: 9 }).byteLength
  expect(bytes, `the button has ${bytes} bytes`).toBeLessThanOrEqual(3072)
  expect(built).not.toMatch(/\beval\b|\bFunction\b|innerHTML|document\.write|import\(|Storage|cookie/)
})

test('the guide names the release and the hash of its bytes: a page that checks them loads it', () => {
  expect(guide).toContain(`/v${buttonVersion}/button.js`)
  expect(guide).toContain(`integrity="${integrityOf(built)}"`)
})

test('the button reads and leads where the contracts say', () => {
  expect(built).toContain(`"${checkoutPath}"`)
  expect(documentPaths.publication('pub_1')).toBe('/public/v1/publications/pub_1.json')
  expect(built).toContain('"/public/v1/"')
  expect(built).toContain('publications/')
})

test('every language has its own words, with a place for the price', () => {
  expect(Object.keys(words)).toEqual(['en', 'nl', 'de', 'fr', 'es', 'zh'])
  for (const [print, from, ended] of Object.values(words)) {
    expect([print, ended].every((text) => text.trim() !== '')).toBe(true)
    expect(from.split('%')).toHaveLength(2)
  }
})

/** WCAG 2.2. */
const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

test('what is written on any accent can be read: 4.5:1 and more', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffff }), (number) => {
      const colour = `#${number.toString(16).padStart(6, '0')}`
      const under = luminance(colour)
      const contrast = readableOn(colour) === '#fff' ? 1.05 / (under + 0.05) : (under + 0.05) / 0.05
      expect(contrast).toBeGreaterThanOrEqual(4.5)
    }),
    { numRuns: 20_000 },
  )
})

test('a release is older by its numbers, not by its letters; what is none is older than any', () => {
  expect(isOlder('1.9.0', '1.10.0')).toBe(true)
  expect(isOlder('1.10.0', '1.9.9')).toBe(false)
  expect(isOlder('1.0.0', '1.0.0')).toBe(false)
  expect(isOlder(undefined, '0.0.1')).toBe(true)
})
