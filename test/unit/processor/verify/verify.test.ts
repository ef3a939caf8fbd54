import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ComponentPlan, JobPlan } from '../../../../services/processor/plan/job-plan.ts'
import { produce } from '../../../../services/processor/produce/produce.ts'
import { judgeUnseen } from '../../../../services/processor/verify/judge-page.ts'
import { verify } from '../../../../services/processor/verify/verify.ts'
import { documentOf } from '../../../fixtures/processor/documents.ts'
import { a5, documentId, mirroredPage } from '../produce/make.ts'

const sources = [{ file: 'source-0', format: 'pdf', label: 'interior' } as const]
const plan: JobPlan = {
  components: [{ ...a5, outputIntent: 'FOGRA39', pages: [1, 2, 3].map((page) => [mirroredPage(page)]) }],
}
const [interior] = plan.components
let folder = ''
let outputs: Awaited<ReturnType<typeof produce>>['outputs'] = []
let made = Buffer.alloc(0)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verify-'))
  await writeFile(join(folder, 'source-0'), await documentOf({ pages: 3, widthMm: 148, heightMm: 210 }))
  outputs = (await produce(folder, plan, sources, documentId)).outputs
  made = await readFile(join(folder, 'interior.pdf'))
})
afterAll(async () => await rm(folder, { recursive: true, force: true }))

/** What the judge says of the print file after `change`, held against this plan. */
async function judged(change: (file: string) => string = (file) => file, more: Partial<ComponentPlan> = {}) {
  await writeFile(join(folder, 'interior.pdf'), Buffer.from(change(made.toString('latin1')), 'latin1'))
  if (!interior) throw new Error('no plan')
  return await verify(folder, { sources, plan: { components: [{ ...interior, ...more }] }, outputs })
}

/** Replaced by as many characters, so that every offset in the file still holds. */
const swap = (from: string, to: string) => (file: string) => file.replaceAll(from, to.padEnd(from.length))

describe('The judge of print files', () => {
  test('lets a sound one pass, and tells which pages it has looked at and set beside their source', async () => {
    const { faults, looked, previews } = await judged()
    expect(faults).toEqual([])
    expect(looked).toEqual([
      { component: 'interior', pages: 3, lookedAt: [{ from: 1, to: 3 }], comparedWithSource: [1, 2, 3] },
    ])
    expect(previews).toHaveLength(3)
  })

  test.each([
    ['a trim box elsewhere', { trimBox: { ...a5.trimBox, xMm: 4 } }, 'TrimBox is not as planned'],
    ['another sheet', { sheetWidthMm: 160 }, 'MediaBox is not as planned'],
    ['a page too few', { pages: [1, 2, 3, 1].map((page) => [mirroredPage(page)]) }, '3 pages instead of 4'],
  ])('refuses %s', async (_, more, words) => {
    expect((await judged(undefined, more)).faults.join('\n')).toContain(words)
  })

  test.each([
    ['a script', swap('/Type /Catalog', '/JS (x)'), 'active content'],
    ['no output intent', swap('/GTS_PDFX ', '/GTS_PDFA1'), 'output intents for print instead of one'],
    ['metadata that do not say PDF/X-4', swap('PDF/X-4', 'PDF/X-9'), 'no PDF/X-4 in the metadata'],
    ['no way to the objects', swap('startxref', 'startxxxx'), 'no end that a reader finds'],
  ])('refuses %s', async (_, change, words) => {
    expect((await judged(change)).faults.join('\n')).toContain(words)
  })

  test('refuses a font that the file does not bring along, not one whose own file PDFium cannot use', async () => {
    const missing = await judged(swap('/FontFile', '/NoFile'))
    expect(missing.faults.join('\n')).toContain('is not in the file')
    // As in bug866395.pdf of pdf.js: a font file that is there and that PDFium does not take. Object 1 is no font.
    const useless = await judged((file) =>
      file.replaceAll(
        /(\/FontFile\d?) (\d+) 0 R/g,
        (_, key, place) => `${key} ${'1'.padStart(String(place).length, '0')} 0 R`,
      ),
    )
    expect(useless.faults.join('\n')).not.toContain('is not in the file')
  })

  test('refuses a page that came out blank although its source is not', async () => {
    // The operator that paints a form becomes two that do nothing.
    const blank = await judged((file) => file.replaceAll(/\/[A-Za-z]+\d* Do\b/g, (paint) => 'q Q'.padEnd(paint.length)))
    expect(blank.faults.join('\n')).toContain('is blank')
  })

  test('tells of a page that looks like another one', async () => {
    const { findings, faults } = await judged(undefined, { pages: [2, 1, 3].map((page) => [mirroredPage(page)]) })
    expect([...findings.map(({ code }) => code), ...faults].length).toBeGreaterThan(0)
  })
})

test('A page that the judge’s engine breaks on is told where the source breaks it too, and refused where it shows the source', async () => {
  if (!interior) throw new Error('no plan')
  const told = await judgeUnseen(interior, { of: async () => undefined }, 1)
  expect(told.faults).toEqual([])
  expect(told.findings).toMatchObject([{ code: 'RENDERERS_DISAGREE', page: 1 }])
  const refused = await judgeUnseen(interior, { of: async () => Buffer.alloc(0) }, 1)
  expect(refused.faults).toEqual(['page 1 cannot be drawn'])
})
