import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isInside, overlapsOf } from '../../../services/print-client/config/overlaps.ts'
import { windowsNameFault } from '../../../services/print-client/config/windows-names.ts'
import { readClientConfig } from '../../../services/print-client/config.ts'
import { chooseOutput, isMatch } from '../../../services/print-client/outputs/choose-output.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const connection = {
  facilityId: 'fac_test',
  queueUrl: 'http://127.0.0.1/q',
  statusQueueUrl: 'http://127.0.0.1/s',
  printFilesBucket: 'b',
}
const own = { stateFolder: 'state', statusFolder: 'status' }
const box = { kind: 'command', command: ['/usr/local/bin/press'] }

const configOf = (content: unknown, before = '') => {
  const path = join(folder, 'facility.json')
  writeFileSync(path, `${before}${JSON.stringify(content)}`)
  return readClientConfig(path)
}
const wordsOf = (content: unknown): Promise<string> =>
  configOf(content).then(
    () => 'no fault',
    (error: Error) => error.message,
  )

test('a configuration with nothing but a hot folder goes on to work, and one out of an editor of Windows', async () => {
  expect(await configOf({ ...connection, ...own, hotFolder: 'hot' }, '\ufeff')).toEqual({
    ...connection,
    outputs: {
      main: {
        kind: 'hot_folder',
        folder: join(folder, 'hot'),
        done: join(folder, 'hot', 'done'),
        error: join(folder, 'hot', 'error'),
      },
    },
    products: [],
    accept: 'automatic',
    stateFolder: join(folder, 'state'),
    statusFolder: join(folder, 'status'),
    page: { port: 4480 },
    concurrency: 2,
    logLevel: 'info',
  })
})

test('a configuration that is not there is said to be missing, with what writes one', async () => {
  const path = join(folder, 'nowhere.json')
  await expect(readClientConfig(path)).rejects.toThrow(
    `There is no configuration file ${path}: "printcloud-print-client enrol CODE"`,
  )
})

test('outputs of every kind, with folders of the workflow elsewhere, and no page where none is wanted', async () => {
  const outputs = {
    main: { kind: 'hot_folder', folder: 'hot', done: 'printed', tickets: ['json'] },
    big: { kind: 'ipp', url: 'ipp://press.local/ipp/print' },
    box,
  }
  const products = [{ sku: 'poster-*', output: 'big' }]
  expect(await configOf({ ...connection, ...own, outputs, products, page: false })).toMatchObject({
    outputs: { main: { done: join(folder, 'printed'), error: join(folder, 'hot', 'error') }, big: outputs.big, box },
    products,
    page: false,
  })
})

test('every fault of outputs and of products is told at once, each where it is', async () => {
  const outputs = { main: { kind: 'fax' }, big: { kind: 'ipp', url: 'press' }, box: { kind: 'command', command: [] } }
  const words = await wordsOf({ ...connection, ...own, outputs: { ...outputs, 'A B': box }, accept: 'never' })
  for (const fault of [
    'outputs.main.kind must be one of hot_folder, ipp, command',
    'outputs.big.url must be an address such as',
    'outputs.box.command must',
    'outputs.A B',
    'accept must be one of "automatic", "by_hand"',
  ]) {
    expect(words).toContain(fault)
  }
})

test('a product that goes to an output that is not there is refused, and so is one that goes nowhere', async () => {
  const base = { ...connection, ...own, outputs: { box } }
  expect(await wordsOf({ ...base, products: [{ sku: '*', output: 'bix' }] })).toContain(
    'products.0.output must be one of box; found "bix"',
  )
  expect(await wordsOf({ ...base, products: [{ sku: 'card-*', output: 'box' }] })).toContain('outputs must have main')
  expect(await wordsOf({ ...base, products: [{ sku: '*', output: 'box' }] })).toBe('no fault')
  expect(await wordsOf({ ...connection, ...own, hotFolder: 'hot', outputs: { main: box } })).toContain(
    'keep one of them',
  )
  expect(await wordsOf({ ...connection, ...own })).toContain('hotFolder is required, or outputs')
})

test('two outputs of one folder, and folders that lie inside one another, are refused; a workflow’s may lie in their own', async () => {
  const hot = { kind: 'hot_folder', folder: 'hot' }
  expect(await wordsOf({ ...connection, ...own, outputs: { main: hot, other: hot } })).toContain(
    'outputs.other.folder must not be or lie inside outputs.main.folder',
  )
  expect(await wordsOf({ ...connection, ...own, outputs: { main: { ...hot, done: 'state/done' } } })).toContain(
    'outputs.main.done must not be or lie inside stateFolder',
  )
  expect(await wordsOf({ ...connection, ...own, outputs: { main: { ...hot, done: 'hot/out' } } })).toBe('no fault')
})

test('what enrolment wrote stands in for what the configuration leaves out, and must be of the same facility', async () => {
  const credentials = join(folder, 'credentials.json')
  writeFileSync(credentials, JSON.stringify({ ...connection, accessKeyId: 'a', secretAccessKey: 's' }))
  const config = { ...own, hotFolder: 'hot', credentials: 'credentials.json' }
  expect(await configOf(config)).toMatchObject({ ...connection, credentials })
  expect(await wordsOf({ ...config, facilityId: 'fac_other' })).toContain('facilityId must be fac_test')
  expect(await wordsOf({ ...config, credentials: 'none.json' })).toContain('credentials names')
  expect(await wordsOf({ ...own, hotFolder: 'hot' })).toContain('queueUrl is required, or enrol this client')
  expect(JSON.stringify(await configOf(config))).not.toContain('secret')
})

test('folders are compared as the system compares them', () => {
  expect(isInside('C:\\Print\\HOT\\a', 'c:\\print\\hot', 'win32')).toBe(true)
  expect(isInside('C:\\Print\\hotter', 'C:\\Print\\hot', 'win32')).toBe(false)
  expect(isInside('/print/Hot', '/print/hot', 'darwin')).toBe(true)
  expect(isInside('/print/Hot', '/print/hot', 'linux')).toBe(false)
  expect(isInside('/print/hot', '/', 'linux')).toBe(true)
  const two = [
    { pointer: '/a', folder: 'D:\\x' },
    { pointer: '/b', folder: 'd:\\X' },
  ]
  expect(overlapsOf(two, 'win32')).toHaveLength(1)
  expect(overlapsOf(two, 'linux')).toEqual([])
})

test('names that Windows would not take, or would change, are told', () => {
  for (const right of [
    'C:\\Print\\hot',
    '\\\\server\\share\\Łódź',
    '\\\\?\\C:\\long',
    'D:\\console\\nullius',
    'D:/a/..',
  ]) {
    expect([right, windowsNameFault(right)]).toEqual([right, undefined])
  }
  for (const wrong of [
    'C:\\print\\aux',
    'C:\\Print\\Com1.hot',
    'D:\\jobs.',
    'D:\\jobs ',
    'D:\\a|b',
    'D:\\a:b',
    'D:\\NUL',
  ]) {
    expect([wrong, typeof windowsNameFault(wrong)]).toEqual([wrong, 'string'])
  }
})

describe('which output makes a product', () => {
  test.each([
    ['poster-a3', 'poster-*', true],
    ['poster-a3', '*-a3', true],
    ['poster-a3', 'p*-*3', true],
    ['poster-a3', '*', true],
    ['poster-a3', 'poster-a3', true],
    ['poster-a3', 'poster-a', false],
    ['poster-a3', 'poster-a3*3', false],
    ['aa', 'a*a', true],
    ['a', 'a*a', false],
  ])('%s and %s', (sku, pattern, isOne) => expect(isMatch(pattern, sku)).toBe(isOne))

  test('the first rule that matches decides, and what none matches goes to main', () => {
    const rules = [
      { sku: 'poster-a1', output: 'big' },
      { sku: 'poster-*', output: 'box' },
    ]
    expect(['poster-a1', 'poster-a3', 'card-a6'].map((sku) => chooseOutput(rules, sku))).toEqual(['big', 'box', 'main'])
  })

  test('a pattern of many stars is soon decided', () => {
    expect(isMatch(`${'*a'.repeat(40)}b`, 'a'.repeat(80))).toBe(false)
  })
})
