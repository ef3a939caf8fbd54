import { createKeyring } from '#chassis/keyring.ts'
import { createLog } from '#chassis/log.ts'
import { createOrdersOf } from '../../../../services/button-checkout/aftercare/orders-of-account.ts'
import { createApp } from '../../../../services/button-checkout/app.ts'
import { followSales } from '../../../../services/button-checkout/orders/follow-sales.ts'
import type { MoneyContext } from '../../../../services/button-checkout/orders/money-context.ts'
import { createOrderApi } from '../../../../services/button-checkout/orders/order-api.ts'
import { sweep } from '../../../../services/button-checkout/orders/sweep.ts'
import type { Payments } from '../../../../services/button-checkout/payment/payments.ts'
import type { CheckoutStore } from '../../../../services/button-checkout/store/checkout-store.ts'
import type { PlainItems } from '../../../../services/button-checkout/store/plain-items.ts'
import { workerSteps } from '../../../../services/button-checkout/worker-steps.ts'
import { seller } from '../../../unit/button-checkout/bought-checkout.ts'
import { startPaymentsWorld, stripeKeys, webhookSecret } from '../../payments-world.ts'
import { createEars } from './ears.ts'
import { startDesk } from './order-desk.ts'
import { createShelf } from './shelf.ts'

/** The stripe package waits half a second before it asks again; here whoever calls does that. */
const hasty = { timeoutMilliseconds: 4000, retries: 0 }
const ownMasterKeys = Buffer.alloc(32, 7).toString('base64')
/** What pages name; nobody loads it here. */
const pageAssets = ['page.css', 'checkout.css', 'order.css', 'checkout.js', 'order.js', 'page.js']

export type Table = { readonly store: CheckoutStore; readonly items: PlainItems }

/** Stands between the code and a port of it, so that a test can make any step fail. */
export type Between = {
  readonly store: (store: CheckoutStore) => CheckoutStore
  readonly payments: (payments: Payments) => Payments
}
/** order-api itself in the place of the desk, and what is sold there. */
export type RealOrderApi = {
  readonly url: string
  readonly checkoutLiveKey: string
  readonly checkoutTestKey: string
  readonly masterKeys: string
  readonly sold: { readonly accountId: string; readonly publicationId: string }
}

const nothingBetween: Between = { store: (store) => store, payments: (payments) => payments }

/**
 * The money side as it runs: the checkout's HTTP service, its worker's steps, the real adapter and stripe package against the stand-in, the SDK
 * against a desk that stands for order-api. Nothing happens by itself; a test moves the clock, tells the webhooks, and sweeps.
 */
export async function startMoneyWorld(
  tableOf: (now: () => Date) => Promise<Table & { readonly close?: () => Promise<void> }>,
  between: Between = nothingBetween,
  real?: RealOrderApi,
) {
  const masterKeys = real?.masterKeys ?? ownMasterKeys
  const keyring = createKeyring(masterKeys)
  const provider = await startPaymentsWorld({ webhookUrls: ['http://127.0.0.1:9/held'] }, hasty)
  const { clock, now, standIn } = provider
  standIn.control.setTraffic('hold')
  const desk = await startDesk(keyring, now)
  const table = await tableOf(now)
  const shelf = createShelf(real?.sold)
  const ears = createEars()
  const log = ears.log(createLog('test', 'trace'))
  const config = {
    CHECKOUT_TABLE: 'checkouts',
    ORDER_API_URL: real?.url ?? desk.url,
    ORDER_API_LIVE_KEY: real?.checkoutLiveKey ?? 'sk_live_checkout',
    ORDER_API_TEST_KEY: real?.checkoutTestKey ?? 'sk_test_checkout',
    CDN_URL: 'http://127.0.0.1:9',
    CHECKOUT_URL: 'http://127.0.0.1:4400',
    MASTER_KEYS: masterKeys,
    STRIPE_LIVE_KEY: stripeKeys.live,
    STRIPE_TEST_KEY: stripeKeys.test,
    STRIPE_WEBHOOK_SECRETS: webhookSecret,
    STRIPE_URL: standIn.url,
    MAIL_FROM: 'Printcloud <orders@example.com>',
    SELLER: JSON.stringify(seller),
    LISTEN_HOST: '127.0.0.1',
    LISTEN_PORT: 1,
    PAGES_DIR: 'none',
    TRUSTED_PROXIES: 0,
    REQUESTS_OF_AN_ADDRESS: 1_000_000,
    CHECKOUTS_OF_AN_ACCOUNT: 1_000_000,
    LOG_LEVEL: 'error' as const,
  }
  const store = between.store(table.store)
  const payments = between.payments(provider.payments)
  const { items } = table
  const ordersOf = createOrdersOf(config)
  const app = await createApp({
    ...{ config, store, items, payments, ordersOf, keyring, seller, log, now },
    published: shelf.published,
    assets: Object.fromEntries(pageAssets.map((name) => [name, `/checkout/assets/${name}`])),
  })
  const mails: string[] = []
  const mailer = {
    send: async ({ subject }: { subject: string }) => {
      mails.push(subject)
      return 'sent' as const
    },
  }
  const checkoutUrl = config.CHECKOUT_URL
  /** As a worker that has just been started: it remembers nothing. */
  const worker = () => {
    const money: MoneyContext = {
      store,
      items,
      payments,
      orders: createOrderApi(config),
      keyring,
      checkoutUrl,
      now,
      log,
    }
    const mails = { store, mailer, now, seller, orderUrlOf: () => checkoutUrl }
    const context = { money, mails, ordersOf: createOrdersOf(config), seller }
    return { money, steps: workerSteps(context) }
  }
  return {
    ...{ app, clock, now, standIn, desk, shelf, ears, keyring, mails, store: table.store, config },
    /** One look of a worker at what is due. */
    sweep: async () => {
      const { money, steps } = worker()
      return sweep(money, steps)
    },
    follow: async () => {
      const { money } = worker()
      await followSales(money, false)
      await followSales(money, true)
    },
    close: async () => {
      await app.close()
      await Promise.all([standIn.close(), desk.close(), table.close?.()])
    },
  }
}

export type MoneyWorld = Awaited<ReturnType<typeof startMoneyWorld>>
