import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isPublicKey, makeKeyPair, openSealed, sealTo } from '#chassis/sealed-box.ts'

const pair = makeKeyPair()
const context = 'facility/enrolment/fac_delft/client-1'

/** The bytes of a box with one bit turned over. */
const turned = (text: string, bit: number): string => {
  const bytes = Buffer.from(text, 'base64url')
  const at = Math.floor(bit / 8) % bytes.length
  bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit % 8))
  return bytes.toString('base64url')
}

describe('a sealed box', () => {
  test('opens for whom and for what it was sealed, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const known = text.isWellFormed() ? text : text.toWellFormed()
        expect(openSealed(pair, context, sealTo(pair.publicKey, context, text))).toBe(known)
      }),
    )
  })

  test('opens for nobody else, and for no other client, facility or purpose', () => {
    const sealed = sealTo(pair.publicKey, context, 'secret')
    expect(openSealed(makeKeyPair(), context, sealed)).toBeUndefined()
    for (const other of ['', context.replace('delft', 'leiden'), context.replace('-1', '-2'), 'facility/next-key']) {
      expect(openSealed(pair, other, sealed)).toBeUndefined()
    }
    const mixed = { publicKey: makeKeyPair().publicKey, privateKey: pair.privateKey }
    expect(openSealed(mixed, context, sealed)).toBeUndefined()
  })

  test('does not open when any of its bits was changed, or it was cut short', () => {
    fc.assert(
      fc.property(fc.nat(), fc.boolean(), (bit, isKey) => {
        const sealed = sealTo(pair.publicKey, context, 'secret')
        const part = isKey ? 'key' : 'box'
        const text = turned(sealed[part], bit)
        // X25519 does not look at the last bit of a key; the salt does.
        expect(openSealed(pair, context, { ...sealed, [part]: text })).toBeUndefined()
      }),
    )
    const sealed = sealTo(pair.publicKey, context, 'secret')
    for (const box of ['', 'AAAA', sealed.box.slice(0, -4)]) {
      expect(openSealed(pair, context, { ...sealed, box })).toBeUndefined()
    }
  })

  test('is another one each time, and shows nothing of what it holds', () => {
    const [one, other] = [sealTo(pair.publicKey, context, 'secret'), sealTo(pair.publicKey, context, 'secret')]
    expect([one.key === other.key, one.box === other.box]).toEqual([false, false])
    expect(Buffer.from(one.box, 'base64url').includes('secret')).toBe(false)
  })

  test('is not made for a key that everybody could open', () => {
    const small = [
      '0'.repeat(64),
      `01${'0'.repeat(62)}`,
      'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
      '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
      'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
      'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
      'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    ]
    expect(small.map((hex) => isPublicKey(Buffer.from(hex, 'hex').toString('base64url')))).toEqual(
      small.map(() => false),
    )
    expect(['', 'short', `${pair.publicKey}A`, pair.publicKey.slice(1)].map(isPublicKey)).toEqual(Array(4).fill(false))
    expect(isPublicKey(pair.publicKey)).toBe(true)
  })
})
