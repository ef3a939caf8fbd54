import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { lstat, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parse } from '#contracts/parse.ts'
import { findingsText } from '../../../services/processor/cli/findings-text.ts'
import { withRepairs } from '../../../services/processor/inspect/with-repairs.ts'
import { mustBeAsPlanned } from '../../../services/processor/job/outputs-as-planned.ts'
import { mustBeShowable } from '../../../services/processor/job/showable.ts'
import { writeDrawings } from '../../../services/processor/job/write-drawings.ts'
import { localParts } from '../../../services/processor/publish/joined-stream.ts'
import { copyPlain } from '../../../services/processor/sandbox/copy-plain.ts'
import { type PreviewFile, ProduceAnswer, VerifyAnswer } from '../../../services/processor/sandbox/protocol.ts'
import { removeFolder } from '../../../services/processor/sandbox/remove-folder.ts'

/** A file has taken over the converter: these are the things it can then put before the parent, who is not shut in. */
let home: string
let folder: string

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'hostile-'))
  folder = await mkdtemp(join(home, 'job-'))
})
afterEach(async () => await rm(home, { recursive: true, force: true }))

const damaged = [{ file: 'source-0' }]
const wantsRepair = async () => ({
  facts: [
    { kind: 'unreadable' as const, code: 'CORRUPT_UNRECOVERABLE' as const, detail: 'torn', wantsRepair: true as const },
  ],
})

const box = { xMm: 3, yMm: 3, widthMm: 94, heightMm: 94 }
const sheet = { component: 'interior' as const, title: '', sheetWidthMm: 100, sheetHeightMm: 100, trimBox: box }
const harmlessElements = new Set(['svg', 'defs', 'pattern', 'path', 'rect', 'text', 'image'])

describe('A converter in a hostile file’s hands', () => {
  test('cannot have the parent bring a file of the machine into its folder for repair', async () => {
    await writeFile(join(home, 'secret'), 'of another customer')
    await symlink(join(home, 'secret'), join(folder, 'source-0'))
    await withRepairs(folder, damaged, wantsRepair)
    expect((await lstat(join(folder, 'damaged-source-0'))).isFile()).toBe(false)
  })

  test('cannot have the parent write where a link leads', async () => {
    await writeFile(join(folder, 'source-0'), 'rm -rf everything')
    await symlink(join(home, 'startup'), join(folder, 'damaged-source-0'))
    await withRepairs(folder, damaged, wantsRepair)
    expect(existsSync(join(home, 'startup'))).toBe(false)
    expect(await readFile(join(folder, 'damaged-source-0'), 'utf8')).toBe('rm -rf everything')
  })

  test.skipIf(process.platform === 'win32')('cannot make the parent wait at a named pipe', async () => {
    const pipe = join(folder, 'piece-0123456789abcdef.jpg')
    execFileSync('mkfifo', [pipe])
    await expect(localParts([pipe])).rejects.toThrow('not a plain file')
    await expect(copyPlain(pipe, join(home, 'copy'), 'new')).rejects.toThrow('not a plain file')
  })

  test('cannot show the judge one print file and have another one printed', () => {
    const good = { component: 'interior' as const, file: 'interior.pdf', pages: 1 }
    const box = { xMm: 0, yMm: 0, widthMm: 100, heightMm: 100 }
    const planned = { component: 'interior' as const, title: '', sheetWidthMm: 100, sheetHeightMm: 100, trimBox: box }
    const plan = { components: [{ ...planned, pages: [[]], isFirstPageInked: false, base: 0 }] }
    const sources = [0, 1].map((index) => ({ file: `source-${index}`, format: 'pdf' as const, label: 'interior' }))
    const judged = (outputs: Parameters<typeof mustBeAsPlanned>[0]) => () => mustBeAsPlanned(outputs, plan, sources)
    expect(judged([good])).not.toThrow()
    expect(judged([{ ...good, base: 'source-0' }])).not.toThrow()
    const words = 'other print files than were planned'
    expect(judged([good, { ...good, file: 'evil.pdf' }])).toThrow(words)
    expect(judged([good, { ...good, component: 'cover' }])).toThrow(words)
    expect(judged([{ ...good, base: 'source-1' }])).toThrow(words)
    expect(judged([{ ...good, pages: 2 }])).toThrow(words)
    expect(judged([])).toThrow(words)
  })

  test('cannot name files of other orders, or add to what is said of its own', () => {
    const preview = { component: 'interior', page: 1, file: 'preview-interior-1.jpg', widthPx: 9, heightPx: 9 }
    const answer = { faults: [], findings: [], paintable: [], previews: [preview], looked: [] }
    expect(parse('Answer', VerifyAnswer, answer)).toEqual(answer)
    const wrong = { ...preview, overlay: 'facilities/fac_other/ord_other/interior.pdf' }
    expect(() => parse('Answer', VerifyAnswer, { ...answer, previews: [wrong] })).toThrow('overlay')
    const many = Array.from({ length: 501 }, () => preview)
    expect(() => parse('Answer', VerifyAnswer, { ...answer, previews: many })).toThrow('previews')
    const finding = { code: 'RESOLUTION_LOW', severity: 'warn', found: '', wanted: '', why: '', action: '', more: 'x' }
    expect(() => parse('Answer', ProduceAnswer, { outputs: [], findings: [finding] })).toThrow()
  })

  test('cannot have a picture of its own making stored in the place of a print file, or shown as one', async () => {
    const jpeg = Buffer.from('ffd8ffe000104a464946', 'hex')
    const preview = { component: 'interior' as const, page: 1, file: 'preview-interior-1.jpg', widthPx: 9, heightPx: 9 }
    await writeFile(join(folder, preview.file), jpeg)
    await writeFile(join(folder, 'interior.pdf'), jpeg)
    await writeFile(join(folder, 'preview-interior-2.jpg'), '<svg onload="alert(1)"/>')
    await writeFile(join(folder, 'preview-interior-3.jpg'), Buffer.concat([jpeg, Buffer.alloc(5_000_000)]))
    await symlink(join(home, 'secret'), join(folder, 'preview-interior-4.jpg'))
    const plan = { components: [{ ...sheet, pages: [[], [], [], [], []], isFirstPageInked: false }] }
    const shown = async (...previews: readonly PreviewFile[]) => await mustBeShowable(folder, plan, previews)
    await expect(shown(preview)).resolves.toBeUndefined()
    const nth = (page: number) => ({ ...preview, page, file: `preview-interior-${page}.jpg` })
    for (const hostile of [
      { ...preview, file: 'interior.pdf' },
      { ...preview, page: 2 },
      { ...preview, widthPx: 1_000_000 },
      { ...preview, component: 'cover' as const },
      { ...preview, panel: 'front' },
      ...[2, 3, 4, 5, 6].map(nth),
    ])
      await expect(shown(hostile)).rejects.toThrow()
    await expect(shown(preview, preview)).rejects.toThrow('twice')
  })

  test('has no say in what an SVG of its print file does: the parent draws it, of numbers and a picture alone', async () => {
    const panels = ['back', 'spine', 'front'].map((name, index) => ({
      name,
      box: { xMm: 3 + index * 30, yMm: 3, widthMm: 30, heightMm: 90 },
    }))
    const plan = {
      components: [{ ...sheet, component: 'cover' as const, panels, pages: [[]], isFirstPageInked: true }],
    }
    const preview = { component: 'cover' as const, page: 1, file: 'preview-cover-1.jpg', widthPx: 9, heightPx: 9 }
    await writeFile(join(folder, preview.file), '"/><script>alert(1)</script>')
    await writeFile(join(home, 'secret'), 'of another customer')
    await symlink(join(home, 'secret'), join(folder, 'overlay-cover.svg'))
    await mkdir(join(folder, 'proof-cover.svg'))
    const proofs = await writeDrawings(folder, plan, [preview])
    expect(proofs).toEqual([{ component: 'cover', overlay: 'overlay-cover.svg', proof: 'proof-cover.svg' }])
    expect(await readFile(join(home, 'secret'), 'utf8')).toBe('of another customer')
    for (const name of ['overlay-cover.svg', 'proof-cover.svg']) {
      const svg = await readFile(join(folder, name), 'utf8')
      const elements = new Set([...svg.matchAll(/<([^\s/>]+)/g)].map(([, element = '']) => element))
      expect([...elements].filter((each) => !harmlessElements.has(each))).toEqual([])
      expect(svg).not.toMatch(/\son\w+=|javascript:|url\((?!#bleed\))|style=/i)
      const links = [...svg.matchAll(/href="([^"]*)"/g)].map(([, address = '']) => address)
      expect(links.every((address) => /^data:image\/jpeg;base64,[A-Za-z0-9+/=]*$/.test(address))).toBe(true)
    }
  })

  test.skipIf(process.platform === 'win32')('cannot leave a folder that is never got rid of', async () => {
    // Deeper than any path may be long, and at its bottom a folder that nobody may enter.
    const digging = `const { mkdirSync, chmodSync } = require('node:fs')
      for (let depth = 0; depth < 60; depth += 1) { mkdirSync('0'.repeat(200)); process.chdir('0'.repeat(200)) }
      mkdirSync('shut'); chmodSync('shut', 0)`
    execFileSync(process.execPath, ['-e', digging], { cwd: folder })
    await removeFolder(folder)
    expect(existsSync(folder)).toBe(false)
  })

  test('cannot command the terminal that shows what was found', () => {
    const words = { wanted: 'w', why: 'w', action: 'a' }
    const found = 'font \u001b]0;owned\u0007\u202e\u009b2J'
    const text = findingsText([{ code: 'RESOLUTION_LOW', severity: 'warn', found, ...words }], false)
    for (const sign of ['\u001b', '\u0007', '\u202e', '\u009b']) expect(text).not.toContain(sign)
  })
})
