import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readEnrolmentCode, writeEnrolmentCode } from '#contracts/enrolment-code.ts'

const secret = '0123456789abcdefghjkmnpqrs'
const apiUrl = 'https://api.example.com'
const code = writeEnrolmentCode({ secret, apiUrl })

describe('an enrolment code', () => {
  test('says its secret and where it leads, also with spaces around it', () => {
    for (const url of [apiUrl, 'https://example.com:8443/print', 'http://127.0.0.1:4400']) {
      const made = writeEnrolmentCode({ secret, apiUrl: url })
      expect(readEnrolmentCode(` ${made}\n`)).toEqual({ secret, apiUrl: url })
    }
    expect(code).toMatch(/^pce_[0-9a-z]{33}@api\.example\.com$/)
  })

  test('that was cut off, or mistyped anywhere, is no code: its secret goes to nobody', () => {
    fc.assert(
      fc.property(fc.nat(code.length - 1), fc.constantFrom(...'0123456789abcxyz.@'), (at, sign) => {
        const changed = `${code.slice(0, at)}${sign}${code.slice(at + 1)}`
        if (changed !== code) expect(readEnrolmentCode(changed)).toBeUndefined()
        expect(readEnrolmentCode(code.slice(0, at))).toBeUndefined()
      }),
    )
  })

  test('leads to no machine over plain http but this one, and to no address with a login or a query', () => {
    for (const url of ['http://api.example.com', 'https://a@b.example', 'https://b.example/?x', 'ftp://b.example']) {
      expect(readEnrolmentCode(writeEnrolmentCode({ secret, apiUrl: url }))).toBeUndefined()
    }
  })

  test('has the checksum of zip files, so that others can check it too', () => {
    const digits = '0123456789abcdefghjkmnpqrstvwxyz'
    const checksum = [...code.slice(30, 37)].reduce((sum, digit) => sum * 32 + digits.indexOf(digit), 0)
    expect(checksum).toBe(crc32(`${secret}@api.example.com`))
  })
})
