import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { Currency } from '#contracts/money.ts'
import type { PriceBook } from '#contracts/prices/price-book.ts'

const Listed = Type.Object({
  facilityId: Type.String(),
  currency: Currency,
  validFrom: Type.String(),
  products: Type.Integer(),
})

/** A book of a day that has begun stays: what was sold by it can be looked up. */
const putSql = `insert into price_books (facility_id, currency, valid_from, doc)
  values (:facility::text, :currency::text, :validFrom::date, :doc::jsonb)
  on conflict (facility_id, currency, valid_from) do update set doc = excluded.doc
    where price_books.valid_from > :today::date
  returning to_jsonb(facility_id) as row`

/** Whether the book was written: a new one, or one in place of a book whose day has not come. */
export async function putPriceBook(database: Database, book: PriceBook, now: Date): Promise<boolean> {
  const written = await database.rows(Type.Unknown(), putSql, {
    facility: book.facilityId,
    currency: book.currency,
    validFrom: book.validFrom,
    doc: JSON.stringify(book),
    today: now.toISOString().slice(0, 10),
  })
  return written.length === 1
}

const listSql = `select jsonb_build_object('facilityId', facility_id, 'currency', currency, 'validFrom', valid_from,
    'products', (select count(*) from jsonb_object_keys(doc->'products'))) as row
  from price_books order by facility_id, currency, valid_from`

/** Every book there ever was. */
export const listPriceBooks = (database: Database) => database.rows(Listed, listSql)
