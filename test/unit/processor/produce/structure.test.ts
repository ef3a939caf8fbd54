import { describe, expect, test } from 'vitest'
import { memoryBytes } from '../../../../services/processor/pdf/byte-sources.ts'
import type { ComponentPlan } from '../../../../services/processor/plan/job-plan.ts'
import { activeIn } from '../../../../services/processor/verify/scan-objects.ts'
import { documentOf } from '../../../fixtures/processor/documents.ts'
import { activeDocument, ownerLocked, ownerLockedPacked } from '../../../fixtures/processor/hostile.ts'
import { jpeg } from '../../../fixtures/processor/pictures.ts'
import { isInstalled, keptPage, mirroredPage, type Source, tool, withPrintFile } from './make.ts'
import { structureFaults } from './structure.ts'

const book = await documentOf({ pages: 4, widthMm: 148, heightMm: 210 })
const pdf = (bytes: Uint8Array): Source => ({ file: 'source-0.pdf', format: 'pdf', bytes })
const all = [1, 2, 3, 4]

const ways: readonly { readonly name: string; readonly plan: Partial<ComponentPlan> & Pick<ComponentPlan, 'pages'> }[] =
  [
    { name: 'pages with mirrored bleed, written anew', plan: { pages: all.map((page) => [mirroredPage(page)]) } },
    {
      name: 'pages with mirrored bleed and blank padding, appended',
      plan: { base: 0, pages: [...all.map((page) => [mirroredPage(page)]), [], []] },
    },
    { name: 'kept pages, written anew', plan: { pages: all.map((page) => [keptPage(page)]) } },
    { name: 'kept pages, one left out, appended', plan: { base: 0, pages: [1, 2, 4].map((page) => [keptPage(page)]) } },
    { name: 'a page printed twice, appended', plan: { base: 0, pages: [1, 1, 2].map((page) => [keptPage(page)]) } },
  ]

describe.skipIf(!isInstalled('qpdf'))('A print file, as qpdf reads it', () => {
  for (const { name, plan } of ways) {
    test(`${name}: has the structure of PDF/X-4 and the boxes of the sheet`, async () => {
      await withPrintFile([pdf(book)], plan, ({ path, bytes, base, progress }) => {
        expect(tool('qpdf', '--check', path)).toContain('No syntax or stream encoding errors')
        expect(structureFaults(path)).toEqual([])
        expect(base).toBe(plan.base === undefined ? undefined : 'source-0.pdf')
        if (base) expect(bytes.subarray(0, book.length).equals(book)).toBe(true)
        expect(progress.at(-1)).toEqual({ pagesDone: plan.pages.length, pagesOfAll: plan.pages.length })
        const boxes = tool('pdfinfo', '-box', '-f', '1', '-l', '9', path)
        if (boxes === undefined) return
        expect(boxes).toMatch(/PDF subtype:\s+PDF\/X-4/)
        expect(boxes.match(/MediaBox:/g)).toHaveLength(plan.pages.length)
      })
    })
  }

  test('is the same to the byte when it is made again', async () => {
    for (const { plan } of ways.slice(0, 2)) {
      const [one, other] = [await bytesOf(plan), await bytesOf(plan)]
      expect(one.equals(other)).toBe(true)
    }
  })

  test('of an encrypted source is open, whatever the plan says of continuing it', async () => {
    for (const locked of [await ownerLocked(2), await ownerLockedPacked(2)]) {
      await withPrintFile([pdf(locked)], { base: 0, pages: [[mirroredPage(1)], [keptPage(2)]] }, ({ path, base }) => {
        expect(base).toBeUndefined()
        expect(structureFaults(path)).toEqual([])
        expect(tool('pdftotext', path, '-') ?? 'It was a bright').toContain('It was a bright')
      })
    }
  })

  test('holds nothing of what acted in its source, in any object', async () => {
    const plan = { pages: [[mirroredPage(1)], [mirroredPage(2)], [keptPage(3)]] }
    await withPrintFile([pdf(await activeDocument(3))], plan, ({ path, bytes }) => {
      expect(activeIn(memoryBytes(bytes))).toEqual([])
      expect(structureFaults(path)).toEqual([])
      for (const canary of ['canary-script', 'canary-launch', 'canary-attachment', 'canary.field'])
        expect(bytes.includes(canary)).toBe(false)
      // The form field's printed appearance is painted into the page.
      expect(tool('pdftotext', path, '-') ?? 'canary text that prints').toContain('canary text that prints')
    })
  })

  test('holds a photo once however often it is placed, untagged colours as sRGB', async () => {
    const place = (xMm: number) => ({
      ...({ draw: 'place', source: 0, page: 1, orientation: 1, isPassable: true } as const),
      region: { x: 0, y: 0, width: 300, height: 200 },
      pixels: { widthPx: 300, heightPx: 200 },
      to: { xMm, yMm: 20, widthMm: 60, heightMm: 40 },
      within: { xMm, yMm: 20, widthMm: 60, heightMm: 40 },
    })
    const bytes = await jpeg({ widthPx: 300, heightPx: 200 })
    await withPrintFile(
      [{ file: 'source-0.jpg', format: 'jpeg', bytes }],
      { pages: [[place(10), place(80)]] },
      (made) => {
        expect(structureFaults(made.path)).toEqual([])
        const list = tool('pdfimages', '-list', made.path)
        if (list === undefined) return
        const objects = list
          .split('\n')
          .slice(2)
          .flatMap((line) => line.trim().split(/\s+/)[10] ?? [])
        expect(new Set(objects).size).toBe(1)
        expect(list).toMatch(/300\s+200\s+icc\s+3\s+8\s+jpeg/)
      },
    )
  })
})

const bytesOf = (plan: (typeof ways)[number]['plan']): Promise<Buffer> =>
  withPrintFile([pdf(book)], plan, ({ bytes }) => Buffer.from(bytes))
