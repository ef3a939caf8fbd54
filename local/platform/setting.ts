import type { Facility } from '#contracts/facility.ts'
import type { Addresses } from './addresses.ts'

/** What the processes of one platform are made from. */
export type Setting = {
  readonly dataFolder: string
  readonly addresses: Addresses
  readonly facilities: readonly Facility[]
  /** Origins that the processor may fetch from although they are on this machine. */
  readonly allowedSources: readonly string[]
  /** Origins that webhooks may go to although they are on this machine. */
  readonly allowedWebhooks: readonly string[]
  readonly shopStepMilliseconds: number
  readonly shopDeliverySteps?: number | undefined
  /** Seconds until an unanswered ticket is rung again; the services' own default without it. */
  readonly ticketPatienceSeconds?: number | undefined
  /** What signs quotes and seals secrets. */
  readonly masterKeys: string
  /** Of the platform's own checkout: its keys of the order API. */
  readonly checkoutKeys: { readonly live: string; readonly test: string }
  /** Where compiled code is kept between starts. */
  readonly cacheFolder: string
}
