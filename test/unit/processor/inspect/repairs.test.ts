import { execFileSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Facts } from '../../../../services/processor/inspect/facts.ts'
import { inspectPdf } from '../../../../services/processor/inspect/inspect-pdf.ts'
import { withRepairs } from '../../../../services/processor/inspect/with-repairs.ts'
import { detectConfinement } from '../../../../services/processor/sandbox/confinement.ts'
import { repairWithQpdf } from '../../../../services/processor/sandbox/tools.ts'
import { brokenTable, lyingCount, passwordLocked } from '../../../fixtures/processor/hostile.ts'
import { pdfOf } from './hand-made.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'repairs-'))
})
afterAll(async () => await rm(folder, { recursive: true }))

const hasQpdf = ((): boolean => {
  try {
    execFileSync('qpdf', ['--version'])
    return true
  } catch {
    return false
  }
})()

const inspect = async (sources: { readonly file: string }[]) => {
  const facts: Facts[] = []
  for (const { file } of sources) facts.push(await inspectPdf(join(folder, file)))
  return { facts }
}

const red = '1 0 0 rg 0 0 600 900 re f'
const sound = () => pdfOf({ pages: [{ content: red }, { content: red }] })

/** The last third of the file never arrived: no table of objects, the last page cut. */
const cutOff = () => sound().subarray(0, Math.floor(sound().length * 0.7))

test('A file whose table of objects points nowhere is mended, and it is told', async () => {
  await writeFile(join(folder, 'broken.pdf'), await brokenTable(3))
  const { facts } = await withRepairs(folder, [{ file: 'broken.pdf' }], inspect)
  expect(facts[0]).toMatchObject({ kind: 'pdf', pageCount: 3, wasRepaired: true, isAppendable: false })
  const pages = facts[0]?.kind === 'pdf' ? facts[0].pages : []
  expect(pages.some((page) => page.isShownOtherwise)).toBe(false)
})

test('A page count that lies gives every page that is there, and none of them looks otherwise', async () => {
  for (const count of [9, 15]) {
    await writeFile(join(folder, `lying-${count}.pdf`), await lyingCount(12, count))
    const { facts } = await withRepairs(folder, [{ file: `lying-${count}.pdf` }], inspect)
    expect(facts[0]).toMatchObject({ kind: 'pdf', pageCount: 12, wasRepaired: true })
    expect(facts[0]?.kind === 'pdf' && facts[0].pages.some((page) => page.isShownOtherwise)).toBe(false)
  }
})

test('Repair changes nothing for its sound neighbours, and asks about them once', async () => {
  await writeFile(join(folder, 'sound.pdf'), sound())
  await writeFile(join(folder, 'cut.pdf'), cutOff())
  const asked: string[][] = []
  const { facts } = await withRepairs(folder, [{ file: 'sound.pdf' }, { file: 'cut.pdf' }], async (sources) => {
    asked.push(sources.map(({ file }) => file))
    return await inspect(sources)
  })
  expect(asked).toEqual([['sound.pdf', 'cut.pdf'], ['cut.pdf']])
  expect(facts[0]).toMatchObject({ wasRepaired: false, isAppendable: true })
  expect(facts[1]).toMatchObject({ kind: 'pdf', wasRepaired: true })
  expect(await readFile(join(folder, 'sound.pdf'))).toEqual(sound())
})

test('What nothing can repair is refused with a reason, and a locked file is not broken', async () => {
  await writeFile(join(folder, 'noise.pdf'), Buffer.from(`%PDF-1.4\n${'noise '.repeat(100)}`))
  await writeFile(join(folder, 'locked.pdf'), await passwordLocked(1))
  const { facts } = await withRepairs(folder, [{ file: 'noise.pdf' }, { file: 'locked.pdf' }], inspect)
  expect(facts[0]).toMatchObject({ kind: 'unreadable', code: 'CORRUPT_UNRECOVERABLE' })
  expect(facts[1]).toMatchObject({ kind: 'unreadable', code: 'PASSWORD_REQUIRED' })
})

test('A repaired page that looks unlike the damaged file is told', async () => {
  // The copy in its place shows another colour, as a repair that took an older version of the page would.
  await writeFile(join(folder, 'damaged-other.pdf'), await brokenTable(1))
  await writeFile(join(folder, 'other.pdf'), pdfOf({ pages: [{ content: '0 0 1 rg 0 0 600 900 re f' }] }))
  const facts = await inspectPdf(join(folder, 'other.pdf'))
  expect(facts).toMatchObject({ pages: [{ isShownOtherwise: true }] })
})

test('A repair that loses pages is not taken', async () => {
  await writeFile(join(folder, 'damaged-less.pdf'), sound())
  await writeFile(join(folder, 'less.pdf'), pdfOf({ pages: [{ content: red }] }))
  expect(await inspectPdf(join(folder, 'less.pdf'))).toMatchObject({ pageCount: 2, wasRepaired: true })
})

test.skipIf(!hasQpdf)('qpdf mends in the same confinement as the converter, and leaves nothing beside', async () => {
  for (const how of new Set([await detectConfinement(), 'limits only'] as const)) {
    await writeFile(join(folder, 'in.pdf'), await brokenTable(2))
    expect(await repairWithQpdf(folder, 'in.pdf', how)).toBe(true)
    expect((await readdir(folder)).filter((name) => name.endsWith('.qpdf'))).toEqual([])
    const facts = await inspectPdf(join(folder, 'in.pdf'))
    expect(facts).toMatchObject({ pageCount: 2, wasRepaired: false })
  }
})

test.skipIf(!hasQpdf)('qpdf that is beaten by a file leaves it as it was', async () => {
  const noise = Buffer.from('%PDF-1.4\nnoise')
  await writeFile(join(folder, 'beaten.pdf'), noise)
  expect(await repairWithQpdf(folder, 'beaten.pdf')).toBe(false)
  expect(await readFile(join(folder, 'beaten.pdf'))).toEqual(noise)
})
