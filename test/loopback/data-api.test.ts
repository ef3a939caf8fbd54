import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Harness, type Options, startHarness, text, uuid } from './data-api-harness.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let harness: Harness
const execute: Harness['execute'] = (...call) => harness.execute(...call)
const rows: Harness['rows'] = (...call) => harness.rows(...call)

beforeAll(async () => {
  harness = await startHarness()
})

afterAll(() => harness?.close())

beforeEach(async () => {
  await execute('truncate items')
})

describe('parameters', () => {
  test('a value goes where its name stands, and a name used twice is one value', async () => {
    expect(
      await rows('select :a || :b as ab, :a as a, :n + 1 as n, :yes as yes, :half as half, :no::text as no', [
        text('b', 'y'),
        text('a', 'x'),
        { name: 'n', value: { longValue: 41 } },
        { name: 'yes', value: { booleanValue: true } },
        { name: 'half', value: { doubleValue: 0.5 } },
        { name: 'no', value: { isNull: true } },
      ]),
    ).toEqual([{ ab: 'xy', a: 'x', n: 42, yes: true, half: 0.5, no: null }])
  })

  test('colons in quotes, casts, comments and slices are not parameters', async () => {
    const sql = String.raw`select ':a' as "col:a", E'it\'s :a' as e, 'it''s :a' as q, $$:a$$ as d, $t$ $$ :a ; $t$ as t,
      -- :a ; 'unclosed
      /* :a /* nested ' ; */ :a */ (array[1,2,3])[1:2] as slice, :a::int8::text as cast, 'x'::text as u ;`
    expect(await rows(sql, [text('a', '7')])).toEqual([
      { 'col:a': ':a', e: "it's :a", q: "it's :a", d: ':a', t: ' $$ :a ; ', slice: [1, 2], cast: '7', u: 'x' },
    ])
  })

  test('uuid, jsonb, timestamptz and numeric take text with a cast', async () => {
    await execute(
      'insert into items (id, doc, at, price) values (:id::uuid, :doc::jsonb, :at::timestamptz, :price::numeric)',
      [
        text('id', uuid),
        text('doc', '{"pages": [1, 2]}'),
        text('at', '2027-01-15T10:00:00.120+02:00'),
        text('price', '19.90'),
      ],
    )
    expect(await rows('select id, doc, at, price from items')).toEqual([
      { id: uuid, doc: '{"pages": [1, 2]}', at: '2027-01-15 08:00:00.12', price: '19.90' },
    ])
  })

  test.each([
    ['uuid', 'id'],
    ['jsonb', 'doc'],
    ['timestamp with time zone', 'at'],
    ['bigint', 'size'],
  ])('a %s column refuses text without a cast, as on Aurora', async (type, column) => {
    await expect(execute(`insert into items (${column}) values (:value)`, [text('value', '1')])).rejects.toMatchObject({
      name: 'DatabaseErrorException',
      message: expect.stringMatching(
        `ERROR: column "${column}" is of type ${type} but expression is of type text; Hint: `,
      ),
    })
    await expect(execute(`select 1 from items where id = :id`, [text('id', uuid)])).rejects.toMatchObject({
      message: expect.stringMatching(/operator does not exist: uuid = text; .*Position: 30; SQLState: 42883$/),
    })
  })

  test('a type hint stands for a cast', async () => {
    await execute('insert into items (id, doc, at, price) values (:id, :doc, :at, :price)', [
      { ...text('id', uuid), typeHint: 'UUID' },
      { ...text('doc', '{}'), typeHint: 'JSON' },
      { ...text('at', '2027-01-15 10:00:00.5'), typeHint: 'TIMESTAMP' },
      { ...text('price', '1.5'), typeHint: 'DECIMAL' },
    ])
    expect(await rows('select id, at, price from items')).toEqual([
      { id: uuid, at: '2027-01-15 10:00:00.5', price: '1.50' },
    ])
    await expect(
      execute('select :at', [{ ...text('at', '2027-01-15T10:00:00Z'), typeHint: 'TIMESTAMP' }]),
    ).rejects.toMatchObject({ name: 'BadRequestException' })
  })

  test('a list travels as jsonb', async () => {
    const list = [text('list', '["a", "b"]')]
    expect(await rows('select value from jsonb_array_elements_text(:list::jsonb) order by value', list)).toEqual([
      { value: 'a' },
      { value: 'b' },
    ])
    await expect(
      execute('select :list', [{ name: 'list', value: { arrayValue: { stringValues: ['a'] } } }]),
    ).rejects.toMatchObject({ name: 'ValidationException', message: 'Array parameters are not supported.' })
  })

  test('a missing parameter is refused, one too many is not', async () => {
    await expect(execute('select :missing')).rejects.toMatchObject({
      name: 'BadRequestException',
      message: 'Cannot find parameter: missing',
    })
    expect(await rows('select 1 as one', [text('unused', 'x')])).toEqual([{ one: 1 }])
  })

  test('text that never ends and numbered parameters are refused', async () => {
    for (const sql of ["select 'a", 'select "a', 'select $x$ a $y$', '/* /* */ select 1', "select E'a\\'"])
      await expect(execute(sql)).rejects.toThrow(/ERROR: unterminated .*; SQLState: 42601/)
    await expect(execute('select $1')).rejects.toMatchObject({ name: 'BadRequestException' })
  })

  test('several statements in one call are refused, a closing semicolon is not', async () => {
    await expect(execute('select 1; drop table items')).rejects.toMatchObject({
      name: 'ValidationException',
      message: "Multistatements aren't supported.",
    })
    expect(await rows('select 1 as one; -- done')).toEqual([{ one: 1 }])
  })
})

describe('results', () => {
  const everything = `insert into items values (:id::uuid, '{"a": "ü"}', '2027-01-15 10:00:00Z', 'Grüße "x"', 9007199254740993,
    1e300, true, '\\xc0ffee', 12.50, '{a,"b,c",NULL,"say \\"hi\\""}')`

  test('JSON has numbers for numbers, strings for dates, uuids and jsonb, and keeps all digits', async () => {
    await execute(everything, [text('id', uuid)])
    const { formattedRecords, records, columnMetadata } = await execute('select * from items', [], {
      formatRecordsAs: 'JSON',
    })
    expect(records).toBeUndefined()
    expect(columnMetadata).toBeUndefined()
    expect(formattedRecords).toBe(
      `[{"id":"${uuid}","doc":"{\\"a\\": \\"ü\\"}","at":"2027-01-15 10:00:00","word":"Grüße \\"x\\"","size":9007199254740993,` +
        `"ratio":1e+300,"is_good":true,"raw":"wP/u","price":"12.50","tags":["a","b,c",null,"say \\"hi\\""]}]`,
    )
    expect(await rows('select 1 as none where false')).toEqual([])
  })

  test('JSON refuses two columns of one name', async () => {
    await expect(rows('select 1 as a, 2 as a')).rejects.toMatchObject({ name: 'BadRequestException' })
  })

  test('records and metadata are given in the ordinary form', async () => {
    await execute(everything, [text('id', uuid)])
    const { records, columnMetadata } = await execute(
      'select doc, 5::int4 as n, ratio, is_good, raw, tags, null as none from items',
      [],
      {
        includeResultMetadata: true,
      },
    )
    expect(records?.[0]).toEqual([
      { stringValue: '{"a": "ü"}' },
      { longValue: 5 },
      { doubleValue: 1e300 },
      { booleanValue: true },
      { blobValue: new Uint8Array([0xc0, 0xff, 0xee]) },
      { arrayValue: { stringValues: ['a', 'b,c', null, 'say "hi"'] } },
      { isNull: true },
    ])
    expect(columnMetadata?.map(({ name, typeName }) => [name, typeName])).toEqual([
      ['doc', 'jsonb'],
      ['n', 'int4'],
      ['ratio', 'float8'],
      ['is_good', 'bool'],
      ['raw', 'bytea'],
      ['tags', '_text'],
      ['none', 'text'],
    ])
  })

  test('numbers come back as the caller asked', async () => {
    const options: Options = { resultSetOptions: { decimalReturnType: 'DOUBLE_OR_LONG', longReturnType: 'STRING' } }
    expect(await rows('select 1.25 as price, 7::int8 as n', [], options)).toEqual([{ price: 1.25, n: '7' }])
  })

  test('one statement with data-modifying parts does all of it and returns what it made', async () => {
    const sql = `with made as (insert into items (id, word) values (:id::uuid, :word) returning id, word),
      copied as (insert into items (id, word) select gen_random_uuid(), word || '!' from made returning id)
      select made.word, (select count(*) from copied) as copies from made`
    expect(await rows(sql, [text('id', uuid), text('word', 'book')])).toEqual([{ word: 'book', copies: 1 }])
    expect(await rows('select word from items order by word')).toEqual([{ word: 'book' }, { word: 'book!' }])
  })

  test('updated records are counted, unless the statement returns them', async () => {
    await execute(`insert into items (id) select gen_random_uuid() from generate_series(1, 3)`)
    expect((await execute(`update items set word = 'x'`)).numberOfRecordsUpdated).toBe(3)
    const returned = await execute(`update items set word = 'y' returning word`)
    expect(returned.numberOfRecordsUpdated).toBe(0)
    expect(returned.records).toHaveLength(3)
  })

  test('an enum is returned as text, what Aurora cannot return is refused until it is cast', async () => {
    await execute(`create type mood as enum ('sad', 'glad')`)
    expect(await rows(`select 'glad'::mood as mood`)).toEqual([{ mood: 'glad' }])
    await expect(rows(`select '1 day'::interval as gap`)).rejects.toMatchObject({
      name: 'UnsupportedResultException',
      message: 'The result contains the unsupported data type interval.',
    })
    expect(await rows(`select '1 day'::interval::text as gap`)).toEqual([{ gap: '1 day' }])
  })
})
