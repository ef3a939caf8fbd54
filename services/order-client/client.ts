import type { CacheOptions } from './cache/cache-store.ts'
import { createReader } from './cache/reader.ts'
import type { OnStale } from './cache/stale-answer.ts'
import type {
  AccountEvent,
  AccountEventList,
  Quote,
  QuoteRequest,
  RoutingSimulation,
  RoutingSimulationRequest,
} from './contract-types.ts'
import { type FollowOptions, followEvents } from './follow-events.ts'
import { type CallOptions, createCaller } from './http/caller.ts'
import { createBreaker, createBreakers } from './http/circuit-breaker.ts'
import { createRetryBudget } from './http/retry-budget.ts'
import { withQuery } from './pages.ts'
import { createPublishedReader } from './published/published-reader.ts'
import { type AccountCalls, type ApiKeyCalls, accountCalls, apiKeyCalls } from './resources/account.ts'
import { type Api, createApi } from './resources/api.ts'
import { type CatalogueCalls, catalogueCalls } from './resources/catalogue.ts'
import { type FileCalls, fileCalls } from './resources/files.ts'
import { type LedgerCalls, ledgerCalls } from './resources/ledger.ts'
import { type OrderCalls, orderCalls } from './resources/orders.ts'
import { type PreflightCalls, preflightCalls } from './resources/preflights.ts'
import { type ButtonCalls, buttonCalls, type PublicationCalls, publicationCalls } from './resources/publications.ts'
import { type PublishedCalls, publishedCalls } from './resources/published.ts'
import { type SaleCalls, saleCalls } from './resources/sales.ts'
import { type WebhookCalls, webhookCalls } from './resources/webhooks.ts'
import type { Spool } from './spool/spool.ts'
import { type Fetch, ownSurroundings } from './surroundings.ts'

export type ClientOptions = {
  /** Such as https://api.example.com */
  readonly baseUrl: string
  /** Where published documents are read, such as https://cdn.example.com; `baseUrl` without it. */
  readonly cdnUrl?: string
  /** sk_live_… or sk_test_…; without it only the catalogue can be read. */
  readonly apiKey?: string
  /** acc_…: only the platform's own checkout acts for other accounts; everyone else leaves it out. */
  readonly account?: string
  /** For one try of one call, answer included; ten seconds without it. */
  readonly timeoutMilliseconds?: number
  /** Tries after the first one; four without it. */
  readonly retries?: number
  /** Serves the last answer of a read when there is no new one. */
  readonly cache?: CacheOptions
  /** So long a published document that was read serves again without asking; five seconds without it. */
  readonly freshSeconds?: number
  /** Told once for each answer of before that is served in place of a new one. What it throws is not heard. */
  readonly onStale?: OnStale
  /** Keeps orders on disk until they are answered: `fileSpool` of ./client/node. */
  readonly spool?: Spool
  readonly fetch?: Fetch
}

export type PrintcloudClient = {
  readonly catalogue: CatalogueCalls
  readonly files: FileCalls
  readonly quotes: { readonly create: (request: QuoteRequest, options?: CallOptions) => Promise<Quote> }
  readonly preflights: PreflightCalls
  readonly orders: OrderCalls
  /** Your orders of a time by another routing policy; changes nothing. */
  readonly routing: {
    readonly simulate: (request: RoutingSimulationRequest, options?: CallOptions) => Promise<RoutingSimulation>
  }
  readonly publications: PublicationCalls
  /** What buttons stand for that name only a publishable key of this world. */
  readonly button: ButtonCalls
  /** Reads that go on when everything of ours is down. */
  readonly published: PublishedCalls
  readonly events: EventCalls
  readonly webhooks: WebhookCalls
  readonly account: AccountCalls
  readonly apiKeys: ApiKeyCalls
  readonly ledger: LedgerCalls
  /** Of all accounts; only for the platform's own checkout. */
  readonly sales: SaleCalls
}

export type EventPageOptions = CallOptions & {
  readonly after?: number
  readonly limit?: number
  readonly type?: string
}
export type EventCalls = {
  readonly list: (options?: EventPageOptions) => Promise<AccountEventList>
  readonly follow: (options?: FollowOptions) => AsyncGenerator<AccountEvent>
}

/** A client of the order API. It starts nothing by itself, and needs no closing. */
export function createClient(options: ClientOptions): PrintcloudClient {
  const { apiKey, account, timeoutMilliseconds = 10_000, retries = 4, cache, spool, onStale } = options
  const baseUrl = withoutSlash(options.baseUrl)
  const surroundings = ownSurroundings(options.fetch)
  const breakerOf = createBreakers(surroundings.nowEpochMs)
  const budget = createRetryBudget(surroundings.nowEpochMs)
  const breaker = breakerOf(baseUrl)
  const call = createCaller({ baseUrl, apiKey, account, timeoutMilliseconds, retries, breaker, budget, surroundings })
  const reader = createReader({ call, surroundings, cache, baseUrl, apiKey, account, onStale })
  const api = createApi(call, reader, surroundings)
  const cdnUrl = withoutSlash(options.cdnUrl ?? baseUrl)
  // A breaker and a budget of its own: failures of the API stop no document, also where both have one address.
  const cdn = {
    baseUrl: cdnUrl,
    breaker: createBreaker(new URL(cdnUrl).origin, surroundings.nowEpochMs),
    budget: createRetryBudget(surroundings.nowEpochMs),
  }
  const callCdn = createCaller({ ...cdn, isPublic: true, timeoutMilliseconds, retries, surroundings })
  const readPublished = createPublishedReader({
    call: callCdn,
    surroundings,
    cdnUrl,
    cache,
    timeoutMilliseconds,
    onStale,
  })
  return {
    catalogue: catalogueCalls(api),
    files: fileCalls(api, { breakerOf, budget, retries }),
    quotes: {
      create: (body, callOptions) => api.write({ ...callOptions, method: 'POST', path: '/v1/quotes', body }),
    },
    preflights: preflightCalls(api),
    routing: {
      simulate: (body, callOptions) =>
        api.write({ ...callOptions, method: 'POST', path: '/v1/routing/simulate', body }),
    },
    orders: orderCalls(api, { baseUrl, isTest: apiKey?.startsWith('sk_test_') ?? false }, spool),
    publications: publicationCalls(api),
    button: buttonCalls(api),
    published: publishedCalls(readPublished, options.freshSeconds ?? 5),
    events: eventCalls(api),
    webhooks: webhookCalls(api),
    account: accountCalls(api),
    apiKeys: apiKeyCalls(api),
    ledger: ledgerCalls(api),
    sales: saleCalls(api),
  }
}

const withoutSlash = (address: string): string => address.replace(/\/+$/, '')

function eventCalls({ readNow, surroundings }: Api): EventCalls {
  const list: EventCalls['list'] = ({ after, limit, type, ...options } = {}) =>
    readNow(withQuery('/v1/events', { after, limit, type }), options)
  return {
    list,
    follow: (options = {}) =>
      followEvents(
        (after, signal) => list({ after, signal, ...(options.type === undefined ? {} : { type: options.type }) }),
        surroundings,
        options,
      ),
  }
}
