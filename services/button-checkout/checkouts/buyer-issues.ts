import type { Buyer } from '#contracts/checkout/cart.ts'
import { countryCentres } from '#contracts/countries.ts'
import type { Issue } from '#contracts/parse.ts'
import { needsPostalCode, noPostalCode } from '#contracts/postal-codes.ts'
import { taxTable } from '#contracts/taxes/tax-table.ts'

/** How postal codes are written in the countries that most parcels go to, without spaces and hyphens. */
const postalCodes: Readonly<Record<string, { readonly form: RegExp; readonly example: string }>> = {
  AT: { form: /^\d{4}$/, example: '1010' },
  AU: { form: /^\d{4}$/, example: '2000' },
  BE: { form: /^\d{4}$/, example: '1000' },
  CA: { form: /^[A-Z]\d[A-Z]\d[A-Z]\d$/, example: 'K1A 0B1' },
  CH: { form: /^\d{4}$/, example: '8001' },
  DE: { form: /^\d{5}$/, example: '10115' },
  DK: { form: /^\d{4}$/, example: '1050' },
  ES: { form: /^\d{5}$/, example: '28001' },
  FR: { form: /^\d{5}$/, example: '75001' },
  GB: { form: /^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$/, example: 'SW1A 1AA' },
  IT: { form: /^\d{5}$/, example: '00118' },
  NL: { form: /^\d{4}[A-Z]{2}$/, example: '3511 AA' },
  NO: { form: /^\d{4}$/, example: '0150' },
  PL: { form: /^\d{5}$/, example: '00-001' },
  SE: { form: /^\d{5}$/, example: '111 20' },
  US: { form: /^\d{5}(\d{4})?$/, example: '10001' },
}

/** Every fault of who gets it that the schema cannot see. Light: what a carrier would send back, no more. */
export function buyerIssues({ name, email, phone, address }: Buyer, pointer = '/buyer'): readonly Issue[] {
  const { line1, city, postal_code, country, state } = address
  const at = `${pointer}/address`
  return [
    ...blank(name, `${pointer}/name`),
    ...(plainAddress.test(email) ? [] : [{ pointer: `${pointer}/email`, detail: mailDetail }]),
    ...(phone === undefined ? [] : phoneIssues(phone, `${pointer}/phone`)),
    ...blank(line1, `${at}/line1`),
    ...blank(city, `${at}/city`),
    ...(Object.hasOwn(countryCentres, country)
      ? postalIssues(postal_code, country, `${at}/postal_code`)
      : [{ pointer: `${at}/country`, detail: 'must be a country of ISO 3166-1, such as NL' }]),
    ...stateIssues(state, country, `${at}/state`),
  ]
}

/** As people have one: what else the standard allows (quoted words, numbers of machines) no mail service takes, or takes for several. */
const plainAddress = /^[^\s"(),:;<>@[\\\]]+@([a-z\d-]+\.)+[a-z][a-z\d-]+$/i
const mailDetail = 'must be a mail address, such as ada@example.com'

const blank = (text: string, pointer: string): readonly Issue[] =>
  text.trim() === '' ? [{ pointer, detail: 'is required' }] : []

const phoneIssues = (phone: string, pointer: string): readonly Issue[] =>
  /^[\d\s()+./-]+$/.test(phone) && /(\d.*){5}/.test(phone)
    ? []
    : [{ pointer, detail: 'must be a phone number, such as +31 30 123 4567' }]

/** The digits of an Asian keyboard, a code of the country before it, spaces and hyphens are no faults. */
function postalIssues(postalCode: string, country: string, pointer: string): readonly Issue[] {
  const known = Object.hasOwn(postalCodes, country) ? postalCodes[country] : undefined
  if (postalCode === noPostalCode && needsPostalCode(country)) return [{ pointer, detail: 'is required' }]
  if (!known) return blank(postalCode, pointer)
  const plain = postalCode.normalize('NFKC').toUpperCase()
  const bare = plain.replace(new RegExp(`^${country}-`), '').replaceAll(/[\s-]/g, '')
  if (known.form.test(bare)) return []
  return [{ pointer, detail: `must be a postal code of ${country}, such as ${known.example}` }]
}

/** Where the tax depends on it, a parcel needs it too. */
function stateIssues(state: string | undefined, country: string, pointer: string): readonly Issue[] {
  const states = Object.hasOwn(taxTable.salesTax, country) ? taxTable.salesTax[country] : undefined
  if (!states || (state !== undefined && state.trim() !== '')) return []
  return [{ pointer, detail: `is required for ${country}, such as ${Object.keys(states)[0]}` }]
}
