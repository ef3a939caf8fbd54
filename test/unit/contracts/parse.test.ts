import { Type } from 'typebox'
import { expect, test } from 'vitest'
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
    { pointer: '/either', detail: 'must be integer; found a list of 1' },
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
