import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLog } from '#chassis/log.ts'
import { keepPictures } from '../../../services/print-client/fetch/kept-pictures.ts'

let stateFolder: string
beforeEach(() => {
  stateFolder = mkdtempSync(join(tmpdir(), 'kept-pictures-'))
})
afterEach(() => rmSync(stateFolder, { recursive: true }))

const log = createLog('test', 'fatal')
const names = () => readdirSync(join(stateFolder, 'pictures')).sort()
const open = (known: readonly string[], mostBytes?: number) =>
  keepPictures({
    ...{ stateFolder, log, isKnown: (jobId: string) => known.includes(jobId) },
    ...(mostBytes === undefined ? {} : { mostBytes }),
  })

test('a picture stays for as long as its job is known, and is for this machine’s user alone', async () => {
  const pictures = await open(['a', 'b'])
  for (const name of ['a', 'b']) await pictures.keep(name, Buffer.from(name))
  expect(statSync(join(stateFolder, 'pictures', 'a')).mode & 0o777).toBe(0o600)
  const again = await open(['b'])
  expect(names()).toEqual(['b'])
  expect(Buffer.from((await again.of('b')) ?? []).toString()).toBe('b')
  expect(await again.of('a')).toBeUndefined()
})

test('pictures fill no disk: those that were kept longest go', async () => {
  const known = ['a', 'b', 'c', 'd']
  const pictures = await open(known, 250)
  for (const [day, name] of known.entries()) {
    await pictures.keep(name, Buffer.alloc(100))
    utimesSync(join(stateFolder, 'pictures', name), day, day)
  }
  expect(names()).toEqual(['c', 'd'])
})

test('a folder that cannot be written to keeps nobody from anything', async () => {
  writeFileSync(join(stateFolder, 'pictures'), 'in the way')
  const pictures = await open(['a'])
  await pictures.keep('a', Buffer.from('a'))
  expect(await pictures.of('a')).toBeUndefined()
})
