import { type CurrencyCode, currencyCodes } from '#contracts/money.ts'
import { PublicationChange, PublicationRequest } from '#contracts/order-api/publication.ts'
import type { Publication } from '../order-client/index.ts'
import { checkedPages } from './checked-pages.ts'
import type { CommandContext, CommandOption, Given } from './command.ts'
import { marginOf } from './margin.ts'
import { usageFault } from './read-arguments.ts'
import { readJson } from './read-json.ts'
import { referenceTo } from './send-file.ts'
import { wholeNumber } from './wanted-items.ts'

/** What is offered, in options that making and changing a publication share. */
export const publicationOptions: Readonly<Record<string, CommandOption>> = {
  title: { value: 'TEXT', text: 'as visitors read it' },
  file: { value: 'FILE', text: 'what is printed: a file of this machine, or the id of an uploaded one (fil_…)' },
  url: { value: 'URL', text: 'the same, where it lies at a public address' },
  'page-origin': {
    value: 'ORIGIN',
    isRepeatable: true,
    text: 'each button names its own file, which lies there: such as https://example.com',
  },
  asynchronous: { text: 'you send the file after the sale' },
  pages: { value: 'N', text: 'pages of content; without, those of a document are counted' },
  sku: { value: 'SKU', isRepeatable: true, text: 'a product to offer, the first one first' },
  margin: { value: '20%|3.00', text: 'what you add to the price of a copy: a part of it, or an amount' },
  currency: { value: 'XXX', text: `of the prices: ${currencyCodes.join(', ')}` },
  country: { value: 'XX', text: 'prices are shown with the tax of this country, such as NL' },
  reference: { value: 'TEXT', text: 'your own number of it' },
  'json-file': { value: 'FILE', text: 'all of it as JSON, as the API takes it; - is stdin' },
  publish: { text: 'everyone sees it at once' },
}

/** Body of a new publication; its file is uploaded on the way, once everything else is known to be right. Throws CommandFault (64, 66). */
export async function wantedPublication(context: CommandContext): Promise<PublicationRequest> {
  const { given } = context
  const command = 'publications create'
  const path = given.text('json-file')
  if (path !== undefined) {
    return { ...(await readJson(path, 'publication', PublicationRequest)), ...publishOf(given) }
  }
  const [title, code] = [given.text('title'), given.text('currency')]
  const skus = given.all('sku')
  if (title === undefined || code === undefined || skus.length === 0 || !hasContent(given)) {
    const missing = [
      ...(hasContent(given) ? [] : ['--file (or --url, --page-origin, or --asynchronous)']),
      ...['title', 'sku', 'currency'].filter((name) => !given.has(name)).map((name) => `--${name}`),
    ]
    throw usageFault('The publication is not complete.', `Missing: ${missing.join(', ')}; or --json-file.`, command)
  }
  const currency = currencyOf(code, command)
  const margin = marginIn(given, currency, command)
  const rest = { ...fieldsOf(given, command), ...publishOf(given) }
  const offers = skus.map((sku) => ({ sku, ...margin }))
  return { ...rest, title, currency, offers, content: await contentOf(context, command, async () => skus[0]) }
}

/**
 * Body of a change; what is not named stays. `current` is read where a part of something is changed: products that stay keep their options
 * and margins, and nobody's change of meanwhile is lost.
 */
export async function wantedChange(
  context: CommandContext,
  current: () => Promise<Publication>,
): Promise<PublicationChange> {
  const { given } = context
  const command = 'publications update'
  const version = wholeNumber(given, 'version', command)
  const ofVersion = version === undefined ? {} : { version }
  const path = given.text('json-file')
  if (path !== undefined) {
    return { ...(await readJson(path, 'change', PublicationChange)), ...ofVersion, ...publishOf(given) }
  }
  const [title, code] = [given.text('title'), given.text('currency')]
  const change: PublicationChange = {
    ...fieldsOf(given, command),
    ...(title === undefined ? {} : { title }),
    ...(code === undefined ? {} : { currency: currencyOf(code, command) }),
    ...(given.has('sku') || given.has('margin') ? changedOffers(given, await current(), command) : {}),
    ...publishOf(given),
  }
  const content = await changedContent(context, current, command)
  if (Object.keys({ ...change, ...content }).length > 0) return { ...change, ...content, ...ofVersion }
  throw usageFault('There is nothing to change.', 'Name what shall be different, such as --title or --margin.', command)
}

/** Pages alone are those of what is there. */
async function changedContent(context: CommandContext, current: () => Promise<Publication>, command: string) {
  if (hasContent(context.given)) {
    const first = async () => context.given.all('sku')[0] ?? (await current()).offers[0]?.sku
    return { content: await contentOf(context, command, first) }
  }
  const pages = wholeNumber(context.given, 'pages', command)
  if (pages === undefined) return {}
  const { content, version } = await current()
  return { content: { ...content, pages }, version }
}

function changedOffers(
  given: Given,
  current: Publication,
  command: string,
): Pick<PublicationChange, 'offers' | 'version'> {
  const code = given.text('currency')
  const margin = marginIn(given, code === undefined ? current.currency : currencyOf(code, command), command)
  const skus = given.has('sku') ? given.all('sku') : current.offers.map(({ sku }) => sku)
  const offers = skus.map((sku) => ({ ...(current.offers.find((each) => each.sku === sku) ?? { sku }), ...margin }))
  return { offers, version: current.version }
}

const contents = ['file', 'url', 'page-origin', 'asynchronous']
const hasContent = (given: Given): boolean => contents.some((name) => given.has(name))

async function contentOf(
  context: CommandContext,
  command: string,
  firstSku: () => Promise<string | undefined>,
): Promise<PublicationRequest['content']> {
  const { given } = context
  const [named, url] = [given.text('file'), given.text('url')]
  const pages = wholeNumber(given, 'pages', command)
  if (contents.filter((name) => given.has(name)).length > 1) {
    const kinds = '--file, --url, --page-origin and --asynchronous'
    throw usageFault('There is more than one content.', `It is one of ${kinds}.`, command)
  }
  // An address under --file is what people type; it is meant all the same.
  const address = url ?? (named !== undefined && /^https?:/.test(named) ? named : undefined)
  if (address === undefined && named === undefined) {
    const counted = pages === undefined ? {} : { pages }
    const origins = given.all('page-origin')
    return origins.length > 0
      ? { kind: 'page', origins: [...origins], ...counted }
      : { kind: 'asynchronous', ...counted }
  }
  const source = address ?? (await referenceTo(context, named ?? ''))
  const counted = pages ?? (await pagesOf(context, source, await firstSku()))
  const known = counted === undefined ? {} : { pages: counted }
  return address === undefined ? { kind: 'file', file: source, ...known } : { kind: 'url', url: address, ...known }
}

/** Of a document: whoever sells it with the price of the fewest pages sells it too cheaply. Undefined for a picture. */
async function pagesOf(context: CommandContext, source: string, sku: string | undefined): Promise<number | undefined> {
  if (sku === undefined) return undefined
  const product = await (await context.client()).catalogue.get(sku, { signal: context.signal })
  if (!product.file_sets.some((roles) => roles.includes('interior'))) return undefined
  return checkedPages(context, sku, { interior: source })
}

const publishOf = (given: Given): { readonly publish?: true } => (given.has('publish') ? { publish: true } : {})

function fieldsOf(given: Given, command: string): Pick<PublicationRequest, 'country' | 'reference'> {
  const [country, reference] = [given.text('country')?.toUpperCase(), given.text('reference')]
  if (country !== undefined && !/^[A-Z]{2}$/.test(country)) {
    throw usageFault(`--country is ${JSON.stringify(country)}.`, 'It has two letters, such as NL.', command)
  }
  return { ...(country === undefined ? {} : { country }), ...(reference === undefined ? {} : { reference }) }
}

function marginIn(given: Given, currency: CurrencyCode, command: string) {
  const text = given.text('margin')
  return text === undefined ? {} : { margin: marginOf(text, currency, command) }
}

function currencyOf(text: string, command: string): CurrencyCode {
  const found = currencyCodes.find((code) => code === text.toUpperCase())
  if (found) return found
  throw usageFault(`--currency is ${JSON.stringify(text)}.`, `It is one of ${currencyCodes.join(', ')}.`, command)
}
