import type { FastifyInstance } from 'fastify'
import type { Database } from '#chassis/database.ts'
import type { AddressRules } from '#chassis/http/guarded-agent.ts'
import type { LoadLimits } from '#chassis/http/load-gate.ts'
import type { RateLimits } from '#chassis/http/rate-limits.ts'
import type { Keyring } from '#chassis/keyring.ts'
import type { Log } from '#chassis/log.ts'
import type { Accounts } from '../accounts/accounts.ts'
import type { Authenticator } from '../auth/authenticate.ts'
import type { Enrolling } from '../enrolment/enrol.ts'
import type { FileStore } from '../files/file-store.ts'
import type { Uploads } from '../files/uploads.ts'
import type { OrderChanger } from '../orders/change-order.ts'
import type { AnswerWatch } from '../preflights/answer-watch.ts'
import type { PriceDirectory } from '../quotes/price-directory.ts'
import type { FacilityDirectory } from '../routing/facility-directory.ts'
import type { LoadDirectory } from '../routing/load-directory.ts'

/** What the routes work with; put together in app.ts. */
export type ApiContext = {
  readonly database: Database
  readonly authenticate: Authenticator['authenticate']
  readonly actFor: Authenticator['actFor']
  readonly accounts: Accounts
  readonly keyring: Keyring
  readonly files: FileStore
  readonly uploads: Uploads
  readonly facilities: FacilityDirectory
  readonly prices: PriceDirectory
  readonly load: LoadDirectory
  readonly changer: OrderChanger
  readonly preflightAnswers: AnswerWatch
  readonly printFilesBucket: string
  /** Address of the CDN as visitors see it, without a slash at the end. */
  readonly cdnUrl: string
  /** Of the checkout; '' where it is not known. */
  readonly checkoutUrl?: string
  /** Where webhooks may go. */
  readonly webhookRules: AddressRules
  /** Origins that files may come from although they are not public: of this machine, for a platform on it. */
  readonly allowedSources: readonly string[]
  readonly limits: ApiLimits
  /** How print clients are let in. */
  readonly enrolling: Enrolling
  /** How many proxies of ours stand before the API. */
  readonly trustedProxies: number
  readonly log: Log
  readonly now: () => Date
}

/** How much this process takes on, and from whom. */
export type ApiLimits = { readonly load: LoadLimits; readonly rates: RateLimits }

export type AddRoutes = (app: FastifyInstance, context: ApiContext) => void
