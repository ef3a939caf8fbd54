import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PDFDocument } from '@cantoo/pdf-lib'
import { describe, expect, it } from 'vitest'
import { memoryBytes } from '../../../../services/processor/pdf/byte-sources.ts'
import { openPdf } from '../../../../services/processor/pdf/open-pdf.ts'
import { pagesOf } from '../../../../services/processor/pdf/pages.ts'
import { PdfString } from '../../../../services/processor/pdf/values.ts'
import { onePage, tinyPdf } from './tiny-pdf.ts'
import { byQpdf, hasGhostscript, hasQpdf, inFolder } from './tools.ts'

const titled = tinyPdf([...onePage, '<< /Title (Summer) >>'], { trailer: '/Info 5 0 R' })

/** Opens, and gives what the page's content and the title say. */
function read(pdf: Buffer) {
  const file = openPdf(memoryBytes(pdf))
  const { pages, isWhole } = pagesOf(file)
  expect(isWhole).toBe(true)
  expect(file.wasRebuilt).toBe(false)
  const content = file.stream(pages[0]?.dict.get('Contents'))
  const title = file.resolve(file.dict(file.trailer.get('Info'))?.get('Title'))
  return {
    isEncrypted: file.isEncrypted,
    content:
      content === undefined
        ? ''
        : file
            .decoded(content, 1 << 20)
            .toString('latin1')
            .trim(),
    title: title instanceof PdfString ? title.bytes.toString('latin1') : undefined,
  }
}

describe.skipIf(!hasQpdf)('files made by qpdf are read', () => {
  it.each([
    ['--object-streams=generate'],
    ['--linearize'],
    ['--qdf'],
    ['--newline-before-endstream'],
    ['--force-version=1.2'],
  ])('%s', async (option) => {
    const expected = { isEncrypted: false, content: '0 0 50 50 re f', title: 'Summer' }
    expect(read(await byQpdf(titled, option))).toEqual(expected)
  })

  it.each([
    ['RC4 of 40 bits', ['--allow-weak-crypto', '--encrypt', '', 'owner', '40', '--']],
    ['RC4 of 128 bits', ['--allow-weak-crypto', '--encrypt', '', 'owner', '128', '--use-aes=n', '--']],
    ['AES of 128 bits', ['--allow-weak-crypto', '--encrypt', '', 'owner', '128', '--use-aes=y', '--']],
    ['RC4 in crypt filters', ['--allow-weak-crypto', '--encrypt', '', 'owner', '128', '--force-V4', '--']],
    [
      'open metadata',
      ['--allow-weak-crypto', '--encrypt', '', 'owner', '128', '--use-aes=y', '--cleartext-metadata', '--'],
    ],
    ['AES of 256 bits, revision 5', ['--encrypt', '', 'owner', '256', '--force-R5', '--']],
    ['AES of 256 bits, revision 6', ['--encrypt', '', 'owner', '256', '--']],
    ['AES of 256 bits with object streams', ['--object-streams=generate', '--encrypt', '', 'owner', '256', '--']],
  ])('%s with the empty password', async (_, options) => {
    // The id of an encrypted file cannot be made from its content.
    const pdf = await byQpdf(titled, '--static-id', '--static-aes-iv', ...options).catch(() => undefined)
    if (pdf === undefined) throw new Error('qpdf did not encrypt')
    expect(read(pdf)).toEqual({ isEncrypted: true, content: '0 0 50 50 re f', title: 'Summer' })
  })

  it.each([['40'], ['128'], ['256']])('a password of %s bits is asked for', async (bits) => {
    const pdf = await byQpdf(titled, '--static-id', '--allow-weak-crypto', '--encrypt', 'user', 'owner', bits, '--')
    expect(() => openPdf(memoryBytes(pdf))).toThrow(expect.objectContaining({ code: 'PASSWORD_REQUIRED' }))
  })

  it('an encrypted file whose tail was lost is mended', async () => {
    const pdf = await byQpdf(titled, '--static-id', '--encrypt', '', 'owner', '256', '--')
    const spoiled = Buffer.from(pdf.toString('latin1').replace(/startxref\n\d+/, 'startxref\n1'), 'latin1')
    const file = openPdf(memoryBytes(spoiled))
    expect([file.wasRebuilt, file.isEncrypted, pagesOf(file).pages.length]).toEqual([true, true, 1])
  })
})

it('files made by pdf-lib are read', async () => {
  const made = await PDFDocument.create()
  for (let page = 0; page < 30; page++) made.addPage([100 + page, 200])
  for (const useObjectStreams of [true, false]) {
    const file = openPdf(memoryBytes(Buffer.from(await made.save({ useObjectStreams }))))
    expect([pagesOf(file).pages.length, file.wasRebuilt, file.isWithoutLeftovers()]).toEqual([30, false, true])
  }
})

it.skipIf(!hasGhostscript)('files made by Ghostscript are read', () =>
  inFolder((folder) => {
    const from = join(folder, 'in.pdf')
    const to = join(folder, 'out.pdf')
    writeFileSync(from, titled)
    execFileSync('gs', ['-q', '-dBATCH', '-dNOPAUSE', '-sDEVICE=pdfwrite', `-sOutputFile=${to}`, from])
    const { content, title } = read(readFileSync(to))
    expect(content).toContain('re')
    expect(title).toBe('Summer')
  }),
)
