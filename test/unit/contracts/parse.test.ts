import { Type } from 'typebox'
import { describe, expect, test } from 'vitest'
import { ContractError, issuesOf, parse } from '#contracts/parse.ts'

const Person = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    age: Type.Integer({ minimum: 0, maximum: 150 }),
    colour: Type.Optional(Type.Enum(['red', 'blue'])),
    tags: Type.Optional(Type.Array(Type.String())),
  },
  { additionalProperties: false },
)

test('every fault is named with its place, what is allowed and what was found', () => {
  expect(issuesOf(Person, { age: 200, colour: 'green', tags: ['a', 1], 'a/b': true })).toEqual([
    { pointer: '/name', detail: 'is required' },
    { pointer: '/a~1b', detail: 'is not a known field here; remove it or correct its name' },
    { pointer: '/age', detail: 'must be <= 150; found 200' },
    { pointer: '/colour', detail: 'must be one of "red", "blue"; found "green"' },
    { pointer: '/tags/1', detail: 'must be string; found 1' },
  ])
})

test('what is not of a pattern is told what it must be in the words of its description, wherever it stands', () => {
  const Word = Type.String({ pattern: '^[a-z]+$', description: 'a word' })
  const Texts = Type.Object({
    'a/b': Type.Array(Type.Object({ word: Word })),
    plain: Type.String({ pattern: '^[0-9]+$' }),
    either: Type.Union([Type.Integer(), Type.Array(Word)]),
  })
  expect(issuesOf(Texts, { 'a/b': [{ word: 'A' }], plain: 'x', either: ['B'] })).toEqual([
    { pointer: '/a~1b/0/word', detail: 'must be a word; found "A"' },
    { pointer: '/plain', detail: 'must match ^[0-9]+$; found "x"' },
    { pointer: '/either/0', detail: 'must be a word; found "B"' },
  ])
})

test.each([8, 1000])('a value with %i unknown fields has faults, however early the checker gives up', (count) => {
  const unknown = Object.fromEntries(Array.from({ length: count }, (_, n) => [`f/${n}`, true]))
  expect(issuesOf(Person, { name: 'Ada', age: 36, ...unknown })[0]).toEqual({
    pointer: '/f~10',
    detail: 'is not a known field here; remove it or correct its name',
  })
})

test('a name that may not stand where names are free is told which may', () => {
  const languages = { additionalProperties: false, description: 'language → words, such as de' }
  const Texts = Type.Object({ texts: Type.Record(Type.String({ pattern: '^[a-z]{2}$' }), Type.String(), languages) })
  expect(issuesOf(Texts, { texts: { de: 'Buch', deutsch: 'Buch' } })).toEqual([
    { pointer: '/texts/deutsch', detail: 'is not a name that may stand here: language → words, such as de' },
  ])
})

test('a value that conforms has no faults and comes back as it is', () => {
  const value = { name: 'Ada', age: 36 }
  expect(issuesOf(Person, value)).toEqual([])
  expect(parse('person', Person, value)).toBe(value)
})

test('a value that does not conform is refused with all its faults', () => {
  expect(() => parse('person', Person, { age: -1 })).toThrow(ContractError)
  expect(() => parse('person', Person, { age: -1 })).toThrow('person: /name is required; /age must be >= 0; found -1')
})

test('numbers are not taken from text and text not from numbers', () => {
  expect(issuesOf(Person, { name: 7, age: '36' }).map(({ pointer }) => pointer)).toEqual(['/name', '/age'])
})

describe('a union', () => {
  const strict = { additionalProperties: false }
  const File = Type.Object({ kind: Type.Literal('file'), file: Type.String({ minLength: 3 }) }, strict)
  const Url = Type.Object({ kind: Type.Literal('url'), url: Type.String({ minLength: 3 }) }, strict)
  const Later = Type.Object({ kind: Type.Literal('later') }, strict)
  const Thing = Type.Object({
    content: Type.Array(Type.Union([File, Url, Later])),
    margin: Type.Union(
      [Type.Object({ percent: Type.Number({ maximum: 9 }) }, strict), Type.Object({ amount: Type.Integer() }, strict)],
      { description: 'percent or an amount' },
    ),
    theme: Type.Union([Type.Object({ colour: Type.Enum(['red']) }, strict), Type.Null()]),
  })
  const sound = { content: [{ kind: 'later' }], margin: { amount: 1 }, theme: null }

  test.each([
    [
      { content: [{ kind: 'later' }, { kind: 'url', url: 'a' }] },
      '/content/1/url',
      'must not have fewer than 3 characters; found "a"',
    ],
    [{ content: [{ kind: 'url' }] }, '/content/0/url', 'is required'],
    [
      { content: [{ kind: 'later', url: 'abc' }] },
      '/content/0/url',
      'is not a known field here; remove it or correct its name',
    ],
    [{ content: [{ kind: 'fax' }] }, '/content/0/kind', 'must be one of "file", "url", "later"; found "fax"'],
    [{ content: [{ url: 'abc' }] }, '/content/0/kind', 'must be one of "file", "url", "later"; found nothing'],
    [{ margin: { percent: 10 } }, '/margin/percent', 'must be <= 9; found 10'],
    [{ theme: { colour: 'blue' } }, '/theme/colour', 'must be one of "red"; found "blue"'],
  ])('says what is wrong with what was meant, and nothing of what was not: %j', (changes, pointer, detail) => {
    expect(issuesOf(Thing, { ...sound, ...changes })).toEqual([{ pointer, detail }])
  })

  test('says in its own words what it takes, where nobody can tell what was meant', () => {
    expect(issuesOf(Thing, { ...sound, margin: {} })).toContainEqual({
      pointer: '/margin',
      detail: 'must be percent or an amount; found an object',
    })
    expect(issuesOf(Thing, { ...sound, margin: 3 }).length).toBeGreaterThan(0)
  })
})

test('of a union with more branches than the checker tells faults of, the one that is meant is told', () => {
  const strict = { additionalProperties: false } as const
  const other = (kind: string) => Type.Object({ kind: Type.Literal(kind), a: Type.String(), b: Type.String() }, strict)
  const list = Type.Array(Type.String({ pattern: '^[a-z]+$', description: 'a word' }))
  const last = Type.Object({ kind: Type.Literal('z'), words: list }, strict)
  const Thing = Type.Object({ of: Type.Union([other('w'), other('x'), other('y'), last]) })
  expect(issuesOf(Thing, { of: { kind: 'z', words: ['a', '1'] } })).toEqual([
    { pointer: '/of/words/1', detail: 'must be a word; found "1"' },
  ])
})
