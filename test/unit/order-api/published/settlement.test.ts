import { describe, expect, test } from 'vitest'
import { planPurges } from '../../../../services/order-api/published/write/plan-purges.ts'
import { settlementOf } from '../../../../services/order-api/published/write/settlement.ts'
import type { TakenDocument } from '../../../../services/order-api/published/write/take-documents.ts'
import type { CopyResult } from '../../../../services/order-api/published/write/write-copy.ts'
import type { WrittenDocument } from '../../../../services/order-api/published/write/write-document.ts'
import { aPublication, documentIn, now, publicationRef, world } from './world.ts'

const publication = aPublication()
const built = documentIn(publicationRef(publication.id), { ...world, publications: [publication] })
const copy = { sha256: 'aa', etags: { '': '"1"' } }

const taken = (changes: Partial<TakenDocument> = {}): TakenDocument => ({
  path: '/public/v1/publications/pub_1.json',
  kind: 'publication',
  subject: {},
  tags: [],
  wanted: 7,
  spreadBy: [],
  sha256: 'aa',
  copies: { documents: copy, copies: copy },
  tries: 0,
  purgeTags: [],
  isTakenOver: false,
  ...changes,
})

type Outcome = CopyResult['outcome']
const store = (name: 'primary' | 'standby', bucket: string) => ({ name, bucket })

function written(outcomes: readonly Outcome[], changes: Partial<TakenDocument> = {}): WrittenDocument {
  const stores = [store('primary', 'documents'), store('standby', 'copies')] as const
  return {
    rendered: { taken: taken(changes), isNewlyTagged: false, built, packed: undefined },
    results: outcomes.flatMap((outcome, index) => {
      const at = stores[index]
      return at ? [{ store: at, result: { outcome, copy: { ...copy, sha256: 'bb' } } }] : []
    }),
  }
}
const settle = (document: WrittenDocument, isDropped = true) =>
  settlementOf(document, {
    planned: planPurges([document]).get(document.rendered.taken.path),
    isDropped,
    now,
    random: 1,
  })
const seconds = (moment: Date | null): number | undefined =>
  moment ? (moment.getTime() - now.getTime()) / 1000 : undefined

describe('a document that was in hand', () => {
  test('counts as written when the first store has it and caches dropped what they had', () => {
    expect(settle(written(['written', 'written']))).toMatchObject({
      isWritten: true,
      wanted: 7,
      tries: 0,
      sha256: 'bb',
    })
    expect(settle(written(['same', 'same']))).toMatchObject({ isWritten: true, purgeAt: null })
    expect(settle(written(['written', 'written']), false)).toMatchObject({ isWritten: false, tries: 1 })
    expect(settle(written(['failed', 'written']))).toMatchObject({ isWritten: false, tags: null })
  })

  test('is taken again at once when somebody else wrote meanwhile, and later when that goes on', () => {
    expect(seconds(settle(written(['moved', 'moved'])).nextAt)).toBe(0)
    expect(seconds(settle(written(['moved', 'moved'], { tries: 5 })).nextAt)).toBe(32)
  })

  test('is looked at again where the standby lacks it, at the latest after a minute', () => {
    const behind = (tries: number) => settle(written(['written', 'failed'], { tries }))
    expect([behind(0).isWritten, seconds(behind(0).renderAt), seconds(behind(50).renderAt)]).toEqual([true, 1, 60])
    expect(settle(written(['written', 'written'])).renderAt).toBeNull()
  })

  test('is owed to caches once more five seconds later; what was not dropped is owed before', () => {
    expect(seconds(settle(written(['written', 'written'])).purgeAt)).toBe(5)
    expect(settle(written(['written', 'written'], { copies: {} })).purgeAt).toBeNull()
    expect(settle(written(['written', 'written'], { kind: 'preview' })).purgeAt).toBeNull()
  })
})

describe('what is dropped', () => {
  const many = (count: number, spreadBy: readonly string[], changes: Partial<TakenDocument> = {}) =>
    Array.from({ length: count }, (_, index) =>
      written(['written', 'written'], {
        path: `/public/v1/publications/pub_${index}.json`,
        spreadBy: [...spreadBy],
        ...changes,
      }),
    )
  const plannedFor = (documents: readonly WrittenDocument[]) => [...planPurges(documents).values()]
  const tagsOf = (documents: readonly WrittenDocument[]) => new Set(plannedFor(documents).flatMap(({ tags }) => tags))

  test('is the document alone, however many were edited', () => {
    expect(tagsOf(many(100, [])).size).toBe(100)
    expect(tagsOf(many(19, ['prices:eur'])).size).toBe(19)
  })

  test('is the one reason of many, and later, together', () => {
    expect(plannedFor(many(20, ['prices:eur']))[0]).toEqual({ tags: ['prices:eur'], isAtOnce: false })
    expect(tagsOf(many(100, ['prices:eur'])).size).toBe(1)
  })

  test('is the document alone where it is not certain that caches have it with that tag', () => {
    expect(tagsOf(many(30, ['prices:eur'], { isTakenOver: true })).size).toBe(30)
  })
})
