import { createContext, runInContext } from 'node:vm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { documentPaths, immutablePaths, publicRoot, shortAddresses } from '#contracts/published/document-paths.ts'
import { preflightHeaders, publicHeaders } from '#contracts/published/edge-headers.ts'
import { variantOf } from '#contracts/published/variants.ts'
import { edgeFunctionCode, mostFunctionBytes } from '../../infra/edge/function-code.ts'
import { at } from './synthesized.ts'

const code = edgeFunctionCode()
/** As CloudFront has it: no modules, no Node, strict, and the function found by its name. */
const context = createContext({})
runInContext(`'use strict';${code};globalThis.answer=(text)=>JSON.stringify(handler(JSON.parse(text)))`, context)

type Asked = {
  readonly uri: string
  readonly accept?: string | undefined
  readonly acceptEncoding?: string | undefined
}

function atEdge({ uri, accept, acceptEncoding }: Asked): unknown {
  const headers = {
    ...(accept === undefined ? {} : { accept: { value: accept } }),
    ...(acceptEncoding === undefined ? {} : { 'accept-encoding': { value: acceptEncoding } }),
  }
  return ask({ request: { method: 'GET', uri, querystring: {}, headers, cookies: {} } })
}

function ask(event: unknown): unknown {
  const answer: unknown = context.answer
  return typeof answer === 'function' ? JSON.parse(answer(JSON.stringify(event))) : undefined
}

const product = immutablePaths.product('poster-a3', 'q83vEjRWeJAzdVYcZ1y1Og')
const picture = immutablePaths.thumbnail('q83vEjRWeJAzdVYcZ1y1Og', 320)
const addresses = [
  ...Object.keys(shortAddresses),
  '/v1.2.3/button.js',
  documentPaths.catalogue,
  documentPaths.publication('pub_01k9'),
  documentPaths.status,
  documentPaths.page('preview'),
  product,
  `${product}.br`,
  picture,
  `${publicRoot}`,
]
const accepts = [undefined, '', '*/*', 'image/avif,image/webp,*/*;q=0.8', 'image/webp', 'IMAGE/WEBP', 'image/avif;q=0']
const packings = [undefined, '', '*', 'gzip, deflate, br, zstd', 'gzip', 'br;q=0, gzip;q=0.5', 'GZIP', 'gzip;q=0.000']

const callers: readonly Asked[] = addresses.flatMap((uri) =>
  accepts.flatMap((accept) => packings.map((acceptEncoding) => ({ uri, accept, acceptEncoding }))),
)

test('the function in CloudFront chooses as every other edge does, for every address and every kind of caller', () => {
  for (const asked of callers) {
    const expected = variantOf(asked.uri, { accept: asked.accept ?? '', acceptEncoding: asked.acceptEncoding ?? '' })
    expect(at(atEdge(asked), 'uri'), JSON.stringify(asked)).toBe(expected)
  }
})

test('whatever is asked for, the same object is chosen or nothing is', () => {
  const word = fc.constantFrom('br', 'gzip', 'image/avif', 'image/webp', 'q=0', 'q=1', ';', ',', ' ', '*', 'é', '"')
  const header = fc.array(word, { maxLength: 8 }).map((words) => words.join(''))
  const uri = fc.oneof(fc.constantFrom(...addresses, 'toString', '__proto__'), fc.string({ maxLength: 40 }))
  fc.assert(
    fc.property(uri, header, header, (path, accept, acceptEncoding) => {
      const expected = variantOf(path, { accept, acceptEncoding })
      const answer = atEdge({ uri: path, accept, acceptEncoding })
      expect(at(answer, expected.startsWith(publicRoot) ? 'uri' : 'statusCode')).toBe(
        expected.startsWith(publicRoot) ? expected : 404,
      )
    }),
  )
})

test('nobody lists what is in the bucket: outside the public root there is nothing at all', () => {
  for (const uri of [
    '/',
    '',
    '//',
    '/public',
    '/public/',
    '/public/v2/x.json',
    '/index.html',
    '/publicv1/',
    '/v1.2/button.js',
    '/v1.2.3/button.js/x',
    '/%2e%2e/',
  ]) {
    expect(at(atEdge({ uri }), 'statusCode'), uri).toBe(404)
  }
})

test('a header that comes in two lines counts whole', () => {
  const headers = { 'accept-encoding': { value: 'gzip', multiValue: [{ value: 'gzip' }, { value: 'br' }] } }
  const request = { method: 'GET', uri: documentPaths.catalogue, headers }
  expect(at(ask({ request }), 'uri')).toBe(`${documentPaths.catalogue}.br`)
})

test('a page of any origin may ask with headers of its own: the function answers what browsers ask first', () => {
  const request = { method: 'OPTIONS', uri: documentPaths.catalogue, headers: {} }
  const answer = ask({ request })
  expect(at(answer, 'statusCode')).toBe(204)
  const headers = Object.entries(Object(at(answer, 'headers'))).map(([name, value]) => [name, at(value, 'value')])
  expect(Object.fromEntries(headers)).toEqual({ ...publicHeaders, ...preflightHeaders })
})

/** Of docs.aws.amazon.com, "JavaScript runtime features for CloudFront Functions", those that are of use here. */
const documented = ['every', 'filter', 'find', 'forEach', 'includes', 'indexOf', 'join', 'keys', 'map', 'some', 'split']
const documentedOfText = ['endsWith', 'includes', 'replace', 'slice', 'startsWith', 'test', 'toLowerCase', 'trim']

test('the function calls nothing but what CloudFront’s runtime is documented to have', () => {
  const own = ['page']
  const called = [...code.matchAll(/\.([A-Za-z]+)\(/g)].map(([, name = '']) => name)
  expect(called.filter((name) => ![...documented, ...documentedOfText, ...own].includes(name))).toEqual([])
})

test('the function fits into what CloudFront takes', () => {
  expect(Buffer.byteLength(code)).toBeLessThan(mostFunctionBytes / 2)
  expect(code).not.toMatch(/\bexport\b|\bimport\b|\brequire\b|\?\?|\?\./)
})
