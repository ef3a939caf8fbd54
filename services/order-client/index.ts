export type { CacheOptions, CacheStore } from './cache/cache-store.ts'
export type { Freshness, Read } from './cache/freshness.ts'
export { memoryCache } from './cache/memory-cache.ts'
export type { OnStale, StaleAnswer } from './cache/stale-answer.ts'
export {
  type ClientOptions,
  createClient,
  type EventCalls,
  type EventPageOptions,
  type PrintcloudClient,
} from './client.ts'
export type * from './contract-types.ts'
export type { FollowOptions } from './follow-events.ts'
export type { CallOptions } from './http/caller.ts'
export { type ClientCode, PrintcloudError, type RequestFault } from './printcloud-error.ts'
export type { AccountCalls, ApiKeyCalls } from './resources/account.ts'
export type { OnceOptions } from './resources/api.ts'
export type { CatalogueCalls, GeometryOptions } from './resources/catalogue.ts'
export type { FileCalls } from './resources/files.ts'
export type { LedgerCalls } from './resources/ledger.ts'
export type { OrderAction, OrderCalls, OrderPageOptions } from './resources/orders.ts'
export type { PreflightCalls } from './resources/preflights.ts'
export type { PublicationCalls, PublicationPageOptions, PublishOptions, UndoOptions } from './resources/publications.ts'
export type { PublishedCalls, StatusOptions } from './resources/published.ts'
export type { SaleCalls, SalesPageOptions } from './resources/sales.ts'
export type { WebhookCalls } from './resources/webhooks.ts'
export type { Spool, SpooledOrder } from './spool/spool.ts'
export type { SentOrders } from './spool/spooled-orders.ts'
export type { Fetch } from './surroundings.ts'
export type { Progress } from './upload/put-bytes.ts'
export type { UploadOptions } from './upload/upload-file.ts'
export type { ReadOnce, StreamSource, UploadSource } from './upload/upload-source.ts'
export { type VerifyOptions, verifyWebhook, type WebhookHeaders } from './verify-webhook.ts'
