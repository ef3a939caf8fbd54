import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { documentPaths, immutablePaths } from '#contracts/published/document-paths.ts'
import { encodings, pictureFormats, variantOf } from '#contracts/published/variants.ts'
import { isPublished, placeOf } from '../../../local/edge/address.ts'
import { packedPattern, takesPattern } from '../../../local/edge/varnish-vcl.ts'

const plain = { accept: '', acceptEncoding: '' }
const keyOf = (target: string) => placeOf(target, plain)?.key

describe('the address of a document', () => {
  test('every document that the contracts name can be read, and its path is its key', () => {
    const hash = 'aB_-567890123456789012'
    const paths = [
      documentPaths.catalogue,
      documentPaths.prices('EUR'),
      documentPaths.publication('pub_01k9abcdefghjkmnpqrstvwxyz'),
      documentPaths.preview('pub_01k9abcdefghjkmnpqrstvwxyz', hash),
      documentPaths.page('status'),
      documentPaths.probe,
      immutablePaths.product('softcover-a5', hash),
      immutablePaths.priceBook('EUR', 'fac_utrecht', hash),
    ]
    for (const path of paths) expect(keyOf(path), path).toBe(path.slice(1))
    expect(keyOf(immutablePaths.thumbnail(hash, 320))).toBe(`public/v1/thumbnails/${hash}/320.jpg`)
  })

  test('short addresses lead to what they stand for; a query changes nothing', () => {
    expect(keyOf('/status')).toBe('public/v1/pages/status.html')
    expect(keyOf('/status.json?now')).toBe('public/v1/status/platform.json')
    expect(keyOf('/public/v1/catalogue.json?a=/../b#c')).toBe('public/v1/catalogue.json')
    expect(['/status?x', '/public/v1/x', '/public/../v1'].every(isPublished)).toBe(true)
    expect(['/', '/v1/orders', '/publicity', '/constructor', '/statuses'].some(isPublished)).toBe(false)
  })

  test('whatever is asked for, a key has only plain segments under public/v1/', () => {
    const piece = fc.constantFrom(
      '/',
      '..',
      '.',
      '%2e',
      '%00',
      'public',
      'v1',
      'a.json',
      '\\',
      '\0',
      '//',
      '?',
      ' ',
      'ä',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const key = keyOf(`/public/v1/${pieces.join('')}`)
        if (key !== undefined) expect(key).toMatch(/^public\/v1(\/(?!\.{1,2}(\/|$))[\w.~-]+)+$/)
      }),
    )
  })

  test('the answer varies by what its object was chosen by, and by nothing where there is one form', () => {
    const wish = { accept: 'image/avif', acceptEncoding: 'br' }
    expect(placeOf('/public/v1/catalogue.json', wish)).toEqual({
      key: 'public/v1/catalogue.json.br',
      variesBy: 'accept-encoding',
    })
    expect(placeOf('/public/v1/thumbnails/a/320', wish)).toEqual({
      key: 'public/v1/thumbnails/a/320.avif',
      variesBy: 'accept',
    })
    expect(placeOf('/status.json', wish)).toEqual({ key: 'public/v1/status/platform.json' })
    // Whoever asks for an object by its own name says the same of it to all who are led there.
    expect(placeOf('/public/v1/catalogue.json.br', wish)).toEqual(placeOf('/public/v1/catalogue.json', wish))
  })
})

test('Varnish packs what our edge packs', () => {
  for (const ending of [
    'json',
    'html',
    'css',
    'js',
    'svg',
    'jpg',
    'avif',
    'xml',
    'txt',
    'json.br',
    'js.map',
    'mjs',
    '',
  ]) {
    const path = `/public/v1/a.${ending}`
    const isPacked = variantOf(path, { accept: '', acceptEncoding: 'br' }) !== path
    expect(new RegExp(packedPattern).test(path), ending).toBe(isPacked)
  }
})

test('Varnish reads Accept and Accept-Encoding as our edge does', () => {
  const names = [...encodings.map(({ name }) => name), ...pictureFormats.map(({ type }) => type)]
  const parameter = fc.constantFrom(
    '',
    ';q=0',
    ';q=0.0',
    '; q=0.5',
    ';q=1',
    ';Q=0',
    ';v=1',
    ';v=1;q=0',
    ' ; q=0 ',
    ';q=0.01',
  )
  const element = fc.tuple(fc.constantFrom(...names, 'BR', 'brx', 'x-gzip', '*', 'identity', ' '), parameter)
  const list = fc
    .array(element.map((each) => each.join('')))
    .chain((each) => fc.constantFrom(each.join(','), each.join(', ')))
  fc.assert(
    fc.property(list, (text) => {
      for (const name of names) {
        const isPicture = name.includes('/')
        const path = isPicture ? '/public/v1/thumbnails/a/1' : '/public/v1/a.json'
        const chosen = variantOf(path, { accept: onlyOf(text, name), acceptEncoding: onlyOf(text, name) })
        const ours = isPicture
          ? chosen.endsWith(pictureFormats.find(({ type }) => type === name)?.ending ?? '?')
          : chosen !== path
        // Everyone gets a JPEG whether he says so or not.
        if (name === 'image/jpeg') continue
        expect(
          new RegExp(takesPattern(name).replace('(?i)', ''), 'i').test(onlyOf(text, name)),
          `${name} in ${text}`,
        ).toBe(ours)
      }
    }),
    { numRuns: 500 },
  )
})

/** The list without the other names that are known, which might be taken before this one. */
const onlyOf = (list: string, name: string): string =>
  list
    .split(',')
    .filter((part) => {
      const named = part.split(';')[0]?.trim().toLowerCase() ?? ''
      return named === name || !/^(br|gzip|image\/\w+)$/.test(named)
    })
    .join(',')
