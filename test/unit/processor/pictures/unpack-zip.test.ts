import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parse } from '#contracts/parse.ts'
import { unpackZip } from '../../../../services/processor/pictures/unpack-zip.ts'
import { ZipAnswer } from '../../../../services/processor/pictures/zip-answer.ts'
import { inReadingOrder } from '../../../../services/processor/pictures/zip-names.ts'
import { sniff } from '../../../../services/processor/sniff/sniff.ts'
import { type ArchiveEntry, archiveOf } from '../../../fixtures/processor/archives.ts'
import { jpeg } from '../../../fixtures/processor/pictures.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'archives-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const picture = jpeg({ widthPx: 30, heightPx: 20 })
const named = async (...names: readonly string[]): Promise<ArchiveEntry[]> => {
  const data = await picture
  return names.map((name) => ({ name, data }))
}

async function unpacked(archive: Buffer) {
  writeFileSync(join(folder, 'source-0'), archive)
  return parse('ZipAnswer', ZipAnswer, await unpackZip(folder, 'source-0'))
}

describe('An archive of pictures', () => {
  test('is printed in the order that people count in, folder by folder', async () => {
    const answer = await unpacked(
      archiveOf(await named('10.jpg', '2.jpg', 'b/1.jpg', 'a 10/1.jpg', 'a 9/11.jpg', 'a 9/3.jpg', '1.jpg')),
    )
    if (answer.kind !== 'unpacked') throw new Error(answer.detail)
    expect(answer.files.map(({ name }) => name)).toEqual([
      'a 9/3.jpg',
      'a 9/11.jpg',
      'a 10/1.jpg',
      'b/1.jpg',
      '1.jpg',
      '2.jpg',
      '10.jpg',
    ])
    expect(answer.files[0]).toMatchObject({ file: 'source-0-001', format: 'jpeg' })
    expect(readFileSync(join(folder, 'source-0-007'))).toEqual(await picture)
  })

  test('has one order, whatever the names', () => {
    const name = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(fc.array(name, { maxLength: 8 }), (lists) => {
        const names = lists.map((steps) => steps.join('/'))
        expect(names.toSorted(inReadingOrder)).toEqual(names.toReversed().toSorted(inReadingOrder))
      }),
    )
  })

  test('may carry what operating systems add, and folders of their own', async () => {
    const litter = ['__MACOSX/._1.jpg', '.DS_Store', 'a/Thumbs.db', 'a/', 'a/._1.jpg'].map((name) => ({
      name,
      data: Buffer.from('litter'),
    }))
    const answer = await unpacked(archiveOf([...litter, ...(await named('a/1.jpg'))]))
    expect(answer).toMatchObject({ kind: 'unpacked', files: [{ name: 'a/1.jpg' }] })
  })

  test('writes nowhere but into the job folder, whatever it names', async () => {
    const answer = await unpacked(archiveOf(await named('source-0-001.jpg', 'a\\b.jpg', 'nul\u0000.jpg')))
    expect(answer.kind).toBe('unpacked')
    expect(readdirSync(folder).sort()).toEqual(['source-0', ...[1, 2, 3].map((at) => `source-0-00${at}`)])
  })
})

describe('An archive is refused, and leaves nothing behind,', () => {
  const refused = async (archive: Buffer, code: string, words: string) => {
    expect(await unpacked(archive)).toEqual({ kind: 'unreadable', code, detail: expect.stringContaining(words) })
    expect(readdirSync(folder)).toEqual(['source-0'])
  }

  test('when it holds anything that is no picture, which is named', async () => {
    const pictures = await named('1.jpg')
    const note = { name: 'z/read me.txt', data: Buffer.from('Dear printer') }
    await refused(archiveOf([...pictures, note]), 'UNSUPPORTED_FORMAT', 'z/read me.txt in the archive is plain text')
    const pdf = { name: 'z.pdf', data: Buffer.from('%PDF-1.7') }
    await refused(archiveOf([...pictures, pdf]), 'UNSUPPORTED_FORMAT', 'z.pdf in the archive is a PDF')
    const nested = { name: 'z.zip', data: archiveOf(pictures) }
    await refused(archiveOf([...pictures, nested]), 'UNSUPPORTED_FORMAT', 'z.zip in the archive is another archive')
  })

  test('when it names places outside itself', async () => {
    for (const name of ['../../escape.jpg', '/etc/escape.jpg', 'C:\\escape.jpg', 'a/../../b.jpg']) {
      await refused(archiveOf(await named(name)), 'CORRUPT_UNRECOVERABLE', 'path')
    }
  })

  test('when a password locks a picture', async () => {
    const [entry] = await named('1.jpg')
    if (!entry) throw new Error('no entry')
    await refused(archiveOf([{ ...entry, isLocked: true }]), 'PASSWORD_REQUIRED', '1.jpg')
  })

  test('when it unpacks to far more than itself', async () => {
    const bomb = { name: '1.png', data: Buffer.alloc(1000), claimedBytes: 400 * 1024 ** 2 }
    await refused(archiveOf([bomb]), 'TOO_LARGE', 'unpack to')
  })

  test('when a picture is larger or smaller than the directory says', async () => {
    for (const claimedBytes of [100, 1_000_000]) {
      const [entry] = await named('1.jpg')
      if (!entry) throw new Error('no entry')
      await refused(archiveOf([{ ...entry, claimedBytes }]), 'CORRUPT_UNRECOVERABLE', 'bytes')
    }
  })

  test('when it holds more pictures than any book, or none', async () => {
    await refused(
      archiveOf(await named(...Array.from({ length: 301 }, (_, at) => `${at}.jpg`))),
      'TOO_LARGE',
      '301 files',
    )
    await refused(archiveOf([]), 'EMPTY_DOCUMENT', 'without files')
    await refused(archiveOf([{ name: '.DS_Store', data: Buffer.from('x') }]), 'EMPTY_DOCUMENT', 'without files')
  })

  test('when it is damaged anywhere, and never ends the converter', async () => {
    const sound = archiveOf(await named('1.jpg', '2.jpg'))
    await refused(sound.subarray(0, sound.length - 30), 'CORRUPT_UNRECOVERABLE', '')
    for (let seed = 1; seed <= 60; seed += 1) {
      const broken = Buffer.from(sound)
      broken[(seed * 7919) % broken.length] = (seed * 37) % 256
      expect(['unpacked', 'unreadable']).toContain((await unpacked(broken)).kind)
      for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true })
    }
  })
})

test('An archive is known by its bytes, and documents that are archives inside are told apart', async () => {
  expect(sniff(archiveOf(await named('1.jpg')))).toEqual({ kind: 'known', format: 'zip' })
  expect(sniff(archiveOf(await named('word/1.jpg'))).kind).toBe('unknown')
  expect(sniff(archiveOf(await named('holiday/word/1.jpg')))).toEqual({ kind: 'known', format: 'zip' })
  expect(sniff(archiveOf(await named('[Content_Types].xml')))).toMatchObject({ kind: 'unknown' })
})
