import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createKeyring } from '#chassis/keyring.ts'
import { type PublicationChange, PublicationFields } from '#contracts/order-api/publication.ts'
import { parse } from '#contracts/parse.ts'
import { makeIdAt } from '../../../../services/order-api/orders/make-id.ts'
import { changedFields, mergedFields } from '../../../../services/order-api/publications/fields.ts'
import type { PublicationRow, VersionRow } from '../../../../services/order-api/publications/publication-rows.ts'
import { afterSave, saveOf } from '../../../../services/order-api/publications/save-of-wish.ts'
import { changed, published, undone } from '../../../../services/order-api/publications/wishes.ts'

const now = () => new Date('2026-11-21T20:00:00Z')
const parts = { keyring: createKeyring(randomBytes(32).toString('base64')), now, patienceSeconds: 30 }
const makeId = makeIdAt(now)
const owner = { accountId: makeId('account'), isTest: true, keyId: makeId('key') }
const first: PublicationFields = {
  title: 'One',
  content: { kind: 'url', url: 'https://example.com/a.pdf' },
  offers: [{ sku: 'poster-a3' }],
  currency: 'EUR',
}

type Version = Pick<VersionRow, 'version' | 'fields' | 'undoes'>

/** A publication in memory: what the statements do, by the functions that decide. */
function makeBook() {
  const at = now().toISOString()
  const versions: Version[] = [{ version: 1, fields: first, undoes: null }]
  let row: PublicationRow = {
    ...{ id: makeId('publication'), isTest: true, version: 1, publishedVersion: null, fields: first, undoes: null },
    ...{ thumbnail: null, proof: null, createdAt: at, updatedAt: at, publishedAt: null },
  }
  const read = async (version: number): Promise<Version> => {
    const found = versions[version - 1]
    if (!found) throw new Error(`There is no version ${version}`)
    return found
  }
  const apply = async (decide: ReturnType<typeof changed>): Promise<void> => {
    const wish = await decide(row)
    const save = wish && saveOf(parts, owner, row, wish)
    if (!save) return
    row = afterSave(row, save, { thumbnail: null, proof: null })
    if (save.saved) versions.push({ version: save.version, fields: save.saved.fields, undoes: save.saved.undoes })
  }
  return {
    get row() {
      return row
    },
    versions,
    patch: (change: PublicationChange) => apply(changed(change, async () => undefined)),
    publish: (version?: number) => apply(published(version)),
    undo: () => apply(undone(undefined, read)),
  }
}

const inGerman: PublicationFields['texts'] = { de: { title: 'Eins' } }
const inEnglish: PublicationFields['texts'] = { en: { title: 'One' } }
const change: fc.Arbitrary<PublicationChange> = fc.record(
  {
    title: fc.constantFrom('One', 'Two', 'Three'),
    reference: fc.constantFrom('a', 'b', null),
    country: fc.constantFrom('NL', 'DE', null),
    texts: fc.constantFrom(inGerman, inEnglish, null),
    publish: fc.boolean(),
  },
  { requiredKeys: [] },
)
type Command = { readonly does: 'patch'; readonly change: PublicationChange } | { readonly does: 'undo' | 'publish' }
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ does: fc.constant('patch' as const), change }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constantFrom('undo' as const, 'publish' as const) }) },
)

/** As an editor has it: a pile of states; a change lays one on top, undo takes the top away. */
class Editor {
  readonly pile: PublicationFields[] = [first]
  seen: PublicationFields | undefined

  get top(): PublicationFields {
    return this.pile.at(-1) ?? first
  }

  patch({ publish, ...fields }: PublicationChange): void {
    const left = Object.entries({ ...this.top, ...fields }).filter(([, value]) => value !== null)
    const next = parse('fields', PublicationFields, Object.fromEntries(left))
    if (JSON.stringify(sorted(next)) !== JSON.stringify(sorted(this.top))) this.pile.push(next)
    if (publish) this.seen = this.top
  }

  undo(isFollowed: boolean): void {
    this.pile.pop()
    if (isFollowed) this.seen = this.top
  }
}

async function run(commands: readonly Command[]) {
  const book = makeBook()
  const editor = new Editor()
  for (const each of commands) {
    await step(book, editor, each)
    expect(book.row.fields).toEqual(editor.top)
    expect(book.versions[(book.row.publishedVersion ?? 0) - 1]?.fields).toEqual(editor.seen)
  }
  return book
}

async function step(book: ReturnType<typeof makeBook>, editor: Editor, command: Command): Promise<void> {
  if (command.does === 'patch') {
    editor.patch(command.change)
    return book.patch(command.change)
  }
  if (command.does === 'publish') {
    editor.seen = editor.top
    return book.publish()
  }
  if (editor.pile.length === 1) return expect(book.undo()).rejects.toThrow(/nothing/)
  editor.undo(book.row.publishedVersion === book.row.version)
  return book.undo()
}

const sorted = (fields: object): unknown[] => Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))

describe('the history of a publication', () => {
  test('is what an editor with an undo button shows, whatever is changed, undone and published', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 30 }), async (commands) => {
        const { versions, row } = await run(commands)
        expect(versions.map(({ version }) => version)).toEqual(versions.map((_, index) => index + 1))
        expect(row.version).toBe(versions.length)
      }),
      { numRuns: 300 },
    )
  })

  test('says of each version which fields differ from the one before, and of an undo which version it holds', async () => {
    const book = makeBook()
    await book.patch({ title: 'Two' })
    await book.patch({ title: 'Three', reference: 'a' })
    await book.undo()
    await book.undo()
    expect(book.versions.map(({ undoes }) => undoes)).toEqual([null, null, null, 2, 1])
    await book.patch({ country: 'NL' })
    await book.undo()
    expect(book.row).toMatchObject({ version: 7, undoes: 1, fields: first })
    await expect(book.undo()).rejects.toThrow('its first version')
  })
})

describe('a change', () => {
  test('is over what was there: merging twice is merging once, and what it does not name stays', () => {
    fc.assert(
      fc.property(change, change, (one, two) => {
        const before = mergedFields(first, one)
        const after = mergedFields(before, two)
        expect(mergedFields(after, two)).toEqual(after)
        const named = Object.keys(two)
        expect(changedFields(before, after).every((name) => named.includes(name))).toBe(true)
      }),
    )
  })

  test('tells moments in UTC, however they were written: the same moment is no change', () => {
    const before = mergedFields(first, { valid_from: '2026-12-01T01:00:00+01:00' })
    expect(before.valid_from).toBe('2026-12-01T00:00:00.000Z')
    expect(changedFields(before, mergedFields(before, { valid_from: '2026-12-01T00:00:00Z' }))).toEqual([])
  })

  test('of the order of keys is none', () => {
    const before = mergedFields(first, { texts: { de: { title: 'a', button: 'b' }, en: { title: 'c' } } })
    const after = mergedFields(before, { texts: { en: { title: 'c' }, de: { button: 'b', title: 'a' } } })
    expect(changedFields(before, after)).toEqual([])
  })
})
