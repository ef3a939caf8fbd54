import { Refused } from '#chassis/errors.ts'
import { Facility } from '#contracts/facility.ts'
import { ContractError, parse } from '#contracts/parse.ts'
import { bookFaults } from '#contracts/prices/book-faults.ts'
import { PriceBook } from '#contracts/prices/price-book.ts'
import { listPriceBooks, putPriceBook } from '../quotes/price-book-store.ts'
import { jsonIn } from './json-file.ts'
import type { OperatorWorld, Told } from './run-operator.ts'
import { counted, textTable } from './text-table.ts'

/** prices set FILE: one price book, of a day that has not begun unless it is the first of its facility and currency. */
export async function setPrices({ database, now }: OperatorWorld, { file }: { readonly file: string }): Promise<Told> {
  const book = await bookIn(file)
  const [facility] = await database.rows(Facility, 'select doc as row from facilities where id = :id::text', {
    id: book.facilityId,
  })
  const name = `${book.facilityId}, ${book.currency}, from ${book.validFrom}`
  if (!facility) throw refused('/facilityId', `there is no facility ${book.facilityId}`)
  const faults = bookFaults(book, facility, false)
  if (faults.length > 0) throw new Refused('invalid_request', 'These prices cannot be sold by.', faults)
  if (!(await putPriceBook(database, book, now()))) {
    throw refused('/validFrom', 'prices of that day are there and have begun; write new ones from a later day on')
  }
  const sold = Object.keys(book.products)
  const unsold = facility.products.map(({ sku }) => sku).filter((sku) => !sold.includes(sku))
  const without = unsold.length === 0 ? '' : `Without a price, and not sold in ${book.currency}: ${unsold.join(', ')}\n`
  return { text: `Prices of ${name}: ${counted(sold.length, 'product')}\n${without}`, json: book }
}

/** prices list: every price book, with the days it holds from. */
export async function listPrices({ database, now }: OperatorWorld): Promise<Told> {
  const books = await listPriceBooks(database)
  const today = now().toISOString().slice(0, 10)
  const rows = books.map(({ facilityId, currency, validFrom, products }) => [
    ...[facilityId, currency, validFrom, String(products)],
    validFrom > today ? 'to come' : 'begun',
  ])
  const json = books.map(({ facilityId, currency, validFrom, products }) => ({
    ...{ facility_id: facilityId, currency, valid_from: validFrom, products },
  }))
  return { text: textTable(['FACILITY', 'CURRENCY', 'FROM', 'PRODUCTS', 'STATE'], rows), json: { data: json } }
}

async function bookIn(file: string): Promise<PriceBook> {
  const value = await jsonIn(file)
  try {
    return parse('price book', PriceBook, value)
  } catch (cause) {
    if (cause instanceof ContractError) throw new Refused('invalid_request', cause.message, cause.issues, { cause })
    throw cause
  }
}

const refused = (pointer: string, detail: string): Refused =>
  new Refused('invalid_request', detail, [{ pointer, detail }])
