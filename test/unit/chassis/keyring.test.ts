import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createKeyring } from '#chassis/keyring.ts'

const key = (): string => randomBytes(32).toString('base64')

test('what was signed is known again, also after a newer key came before the old one', () => {
  const [old, newer] = [key(), key()]
  const signed = createKeyring(old).sign('quote', 'a text')
  expect(createKeyring(`${newer},${old}`).isSigned('quote', 'a text', signed)).toBe(true)
  expect(createKeyring(newer).isSigned('quote', 'a text', signed)).toBe(false)
})

test('a signature is worth nothing for another text, another purpose, or cut short', () => {
  const keyring = createKeyring(key())
  const signed = keyring.sign('quote', 'a text')
  expect(keyring.isSigned('quote', 'another', signed)).toBe(false)
  expect(keyring.isSigned('webhook', 'a text', signed)).toBe(false)
  expect(keyring.isSigned('quote', 'a text', signed.slice(0, 10))).toBe(false)
})

test('a sealed secret opens with its key and purpose, and not after one bit was changed', () => {
  const [old, newer] = [key(), key()]
  const sealed = createKeyring(old).seal('webhook', 'whsec_ä')
  expect(createKeyring(`${newer},${old}`).open('webhook', sealed)).toBe('whsec_ä')
  expect(createKeyring(old).open('quote', sealed)).toBeUndefined()
  const bytes = Buffer.from(sealed, 'base64url')
  bytes[30] = (bytes[30] ?? 0) ^ 1
  expect(createKeyring(old).open('webhook', bytes.toString('base64url'))).toBeUndefined()
})

test.each(['', 'short', `${key()},`, `${key()},AAAA`])(
  'master keys that are none are refused at the start: "%s"',
  (text) => {
    expect(() => createKeyring(text)).toThrow(/openssl rand -base64 32/)
  },
)

test('every key signs, the newest first: what an older one signed is found', () => {
  const [old, newer] = [key(), key()]
  const signatures = createKeyring(`${newer},${old}`).signatures('sale', 'a text')
  expect(signatures).toEqual([newer, old].map((each) => createKeyring(each).sign('sale', 'a text')))
})
