import { readFile } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { Refused } from '#chassis/errors.ts'
import { isApiKey, makeApiKey } from '../../../../services/order-api/auth/api-key.ts'
import { bearerKey } from '../../../../services/order-api/auth/bearer-key.ts'

const key = makeApiKey('secret', true)

describe('a key', () => {
  test('says its kind and world, and two are never alike', () => {
    const made = [makeApiKey('secret', false), makeApiKey('secret', true), makeApiKey('publishable', false)]
    expect(made.map((each) => each.slice(0, 8))).toEqual(['sk_live_', 'sk_test_', 'pk_live_'])
    expect(new Set(Array.from({ length: 1000 }, () => makeApiKey('secret', true))).size).toBe(1000)
    expect(made.every(isApiKey)).toBe(true)
  })

  test('with any one character changed, left out, doubled or swapped is none', () => {
    const spoilt = [...key].flatMap((character, place) => [
      `${key.slice(0, place)}${character === 'A' ? 'B' : 'A'}${key.slice(place + 1)}`,
      `${key.slice(0, place)}${key.slice(place + 1)}`,
      `${key.slice(0, place)}${character}${key.slice(place)}`,
      ...(key[place + 1] === undefined || key[place + 1] === character
        ? []
        : [`${key.slice(0, place)}${key[place + 1]}${character}${key.slice(place + 2)}`]),
    ])
    expect(spoilt.filter(isApiKey)).toEqual([])
  })

  test('can be found and checked by a scanner that knows only what docs/api/keys.md says', async () => {
    const page = await readFile(new URL('../../../../docs/api/keys.md', import.meta.url), 'utf8')
    const [, pattern = '', example = ''] = /```\n(\\b.*\\b)\n```[\s\S]*?```\n(sk_test_\w+)\n```/.exec(page) ?? []
    const log = `a log\nwith "${key}", and one that only looks alike: sk_live_${'a'.repeat(36)}`
    const found = [...log.matchAll(new RegExp(pattern, 'g'))].map(([text]) => text)
    expect(found).toHaveLength(2)
    const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
    const isReal = (text: string): boolean =>
      [...text.slice(-6)].reduce((sum, digit) => sum * 62 + digits.indexOf(digit), 0) === crc32(text.slice(0, -6))
    expect(found.map(isReal)).toEqual([true, false])
    expect([isReal(example), isApiKey(example)]).toEqual([true, true])
  })

  test('of the form that had no checksum is none', () => {
    expect(isApiKey(`sk_test_${'0123456789abcdef'.repeat(2)}`)).toBe(false)
  })
})

describe('the Authorization header', () => {
  const read = (authorization?: string, rawHeaders: readonly string[] = ['authorization', authorization ?? '']) => {
    try {
      return bearerKey({ headers: { authorization }, rawHeaders: [...rawHeaders] })
    } catch (error) {
      return error instanceof Refused ? error.code : error
    }
  }

  test.each([`Bearer ${key}`, `bearer ${key}`, `BEARER   ${key}`])('is read as RFC 9110 says: %#', (header) => {
    expect(read(header)).toBe(key)
  })

  test.each([
    ['nothing', undefined],
    ['an empty one', ''],
    ['the key alone', key],
    ['another scheme', `Basic ${key}`],
    ['words around it', `Bearer ${key} ${key}`],
    ['a comma', `Bearer ${key},${key}`],
    ['quotes', `Bearer "${key}"`],
    ['a key in upper case', `Bearer ${key.toUpperCase()}`],
    ['look-alike letters', `Bearer ${key.replace('sk', 'ѕk')}`],
    ['a no-break space', `Bearer\u00a0${key}`],
    ['100,000 characters', `Bearer ${'a'.repeat(100_000)}`],
    ['many spaces', `Bearer${' '.repeat(100_000)}x`],
    ['a signature of AWS', 'AWS4-HMAC-SHA256 Credential=AKIATEST/20261121/eu-west-1/s3/aws4_request, Signature=00'],
    ['an access key of AWS', 'Bearer AKIAIOSFODNN7EXAMPLE'],
  ])('with %s is refused', (_what, header) => {
    expect(read(header)).toBe('unauthenticated')
  })

  test('sent twice is refused, whichever of the two is right', () => {
    expect(read(`Bearer ${key}`, ['Authorization', `Bearer ${key}`, 'host', 'a', 'AUTHORIZATION', 'x'])).toBe(
      'unauthenticated',
    )
  })
})
