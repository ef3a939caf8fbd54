import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { Currency, type CurrencyCode } from '#contracts/money.ts'
import { PriceBook } from '#contracts/prices/price-book.ts'
import { tagOf } from '#contracts/published/cache-tags.ts'
import { documentsOfCurrency } from '../published/documents-of.ts'
import { spreadParameters, touchAndSpreadSql, touchParameters } from '../published/touch-sql.ts'

const Listed = Type.Object({
  facilityId: Type.String(),
  currency: Currency,
  validFrom: Type.String(),
  products: Type.Integer(),
})

/** A book of a day that has begun stays: what was sold by it can be looked up. Everything that shows a price is published anew. */
const putSql = `with put as (
    insert into price_books (facility_id, currency, valid_from, doc)
    values (:facility::text, :currency::text, :validFrom::date, :doc::jsonb)
    on conflict (facility_id, currency, valid_from) do update set doc = excluded.doc
      where price_books.valid_from > :today::date
    returning facility_id
  ), ${touchAndSpreadSql('put')}
  select to_jsonb(facility_id) as row from put`

/** Whether the book was written: a new one, or one in place of a book whose day has not come. */
export async function putPriceBook(database: Database, book: PriceBook, now: Date): Promise<boolean> {
  const written = await database.rows(Type.Unknown(), putSql, {
    facility: book.facilityId,
    currency: book.currency,
    validFrom: book.validFrom,
    doc: JSON.stringify(book),
    today: now.toISOString().slice(0, 10),
    ...touchParameters(documentsOfCurrency(book.currency), now),
    ...spreadParameters([tagOf.prices(book.currency)], now),
  })
  return written.length === 1
}

const listSql = `select jsonb_build_object('facilityId', facility_id, 'currency', currency, 'validFrom', valid_from,
    'products', (select count(*) from jsonb_object_keys(doc->'products'))) as row
  from price_books order by facility_id, currency, valid_from`

/** Every book there ever was. */
export const listPriceBooks = (database: Database) => database.rows(Listed, listSql)

/** What is over is left out: only what may still hold comes, however many years of books there are. */
const readSql = `select b.doc as row from price_books b
  where b.facility_id = any(:facilities::text[]) and b.currency = any(:currencies::text[])
    and b.valid_from >= coalesce((select max(o.valid_from) from price_books o where o.facility_id = b.facility_id
      and o.currency = b.currency and o.valid_from <= :today::date), b.valid_from)
  order by b.facility_id, b.currency, b.valid_from`

/** The books of these facilities in these currencies that hold now or will. */
export const readBooks = (
  database: Database,
  facilityIds: readonly string[],
  currencies: readonly CurrencyCode[],
  now: Date,
): Promise<PriceBook[]> =>
  database.rows(PriceBook, readSql, {
    facilities: `{${facilityIds.join(',')}}`,
    currencies: `{${currencies.join(',')}}`,
    today: now.toISOString().slice(0, 10),
  })

/** Every currency that has a book, also one that is over. */
export const currenciesOfBooks = (database: Database): Promise<CurrencyCode[]> =>
  database.rows(
    Currency,
    'select to_jsonb(b.currency) as row from price_books b group by b.currency order by b.currency',
  )
