import Stripe from 'stripe'
import { Transient } from '#chassis/errors.ts'
import type { StripeConfig } from './stripe-config.ts'

export type StripeClient = InstanceType<typeof Stripe>
export type StripeClients = {
  readonly isOpen: (isTest: boolean) => boolean
  /** Throws Transient where this world has no key: payments that were taken there wait for it. */
  readonly of: (isTest: boolean) => StripeClient
  readonly webhooks: StripeClient['webhooks']
}

/** How patient each call is: twice four seconds and a pause of half a second stay below what a visitor, or a load balancer, waits. */
export type StripePatience = { readonly timeoutMilliseconds: number; readonly retries: number }
export const usualPatience: StripePatience = { timeoutMilliseconds: 4000, retries: 1 }

/** One client a world. Nothing is told to Stripe but what it is asked. */
export function createStripeClients(config: StripeConfig, patience: StripePatience): StripeClients {
  const options = {
    timeout: patience.timeoutMilliseconds,
    maxNetworkRetries: patience.retries,
    telemetry: false,
    ...placeOf(config.STRIPE_URL),
  }
  const client = (key: string, world: 'live' | 'test'): StripeClient | undefined => {
    if (key === '') return undefined
    if (!new RegExp(`^[rs]k_${world}_`).test(key)) {
      throw new Error(`The key of Stripe's ${world} world must begin with sk_${world}_ or rk_${world}_.`)
    }
    return new Stripe(key, options)
  }
  const live = client(config.STRIPE_LIVE_KEY, 'live')
  const test = client(config.STRIPE_TEST_KEY, 'test')
  return {
    isOpen: (isTest) => (isTest ? test : live) !== undefined,
    of: (isTest) => {
      const found = isTest ? test : live
      if (!found) throw new Transient(`There is no key of Stripe for the ${isTest ? 'test' : 'live'} world.`)
      return found
    },
    webhooks: Stripe.webhooks,
  }
}

function placeOf(address: string): { host?: string; port?: string; protocol?: 'http' | 'https' } {
  if (address === '') return {}
  const { hostname, port, protocol } = new URL(address)
  const isPlain = protocol === 'http:'
  return { host: hostname, port: port || (isPlain ? '80' : '443'), protocol: isPlain ? 'http' : 'https' }
}
