import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { rememberedKeys } from '../../../../local/seed/keys.ts'
import { isApiKey } from '../../../../services/order-api/auth/api-key.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'printcloud-keys-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('a local platform has the same keys at every start, in a file for its owner only', async () => {
  const keys = await rememberedKeys(folder)
  expect(Object.values(keys).map((key) => [key?.slice(0, 8), isApiKey(key ?? '')])).toEqual([
    ['sk_test_', true],
    ['pk_test_', true],
    ['sk_live_', true],
    ['sk_live_', true],
    ['sk_test_', true],
  ])
  expect(await rememberedKeys(folder)).toEqual(keys)
  expect((await stat(join(folder, 'keys.json'))).mode & 0o777).toBe(0o600)
})

test('keys of the old form are made anew, and the old one stays known, so that its account is found', async () => {
  const old = { secretKey: `sk_test_${'ab'.repeat(16)}`, publishableKey: `pk_test_${'cd'.repeat(16)}` }
  await writeFile(join(folder, 'keys.json'), JSON.stringify(old))
  const keys = await rememberedKeys(folder)
  expect(keys.formerSecretKey).toBe(old.secretKey)
  expect([keys.secretKey, keys.publishableKey, keys.liveSecretKey].every(isApiKey)).toBe(true)
  expect(await rememberedKeys(folder)).toEqual(keys)
})

test('a damaged file is replaced', async () => {
  await writeFile(join(folder, 'keys.json'), '{"secretKey":')
  const keys = await rememberedKeys(folder)
  expect(JSON.parse(await readFile(join(folder, 'keys.json'), 'utf8'))).toEqual(keys)
})
