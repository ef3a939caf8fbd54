import { signEvent } from '../../../../local/cloud/payments/sign-event.ts'
import { stripeWebhookPath } from '../../../../services/button-checkout/routes/webhooks.ts'
import { webhookSecret } from '../../payments-world.ts'
import type { MoneyWorld } from './money-world.ts'
import { publicationId } from './shelf.ts'

const buyer = {
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  address: { line1: 'Oudegracht 1', city: 'Utrecht', postal_code: '3511 AA', country: 'NL' },
}

/** Somebody with a browser: what is asked of the checkout goes over its own routes. */
export function visitorOf(world: MoneyWorld, publication = publicationId) {
  const { app, standIn } = world
  const call = async (method: 'GET' | 'POST' | 'PATCH', url: string, payload?: object) => {
    const answer = await app.inject({ method, url, ...(payload === undefined ? {} : { payload }) })
    return { status: answer.statusCode, location: answer.headers.location, body: answer.body }
  }
  const json = (text: string) => JSON.parse(text)
  return {
    call,
    /** A checkout with everything filled in; gives its path and id. */
    arrive: async (quantity = 1) => {
      const cart = { offer: 0, quantity, options: {} }
      const made = await call('POST', '/checkout/sessions', {
        start: { publication },
        cart,
        language: 'nl',
      })
      if (made.status !== 201) throw new Error(made.body)
      const { id, path, version } = json(made.body)
      const filled = await call('PATCH', path, { version, buyer, shipping_method: 'standard' })
      if (filled.status !== 200) throw new Error(filled.body)
      return { id: String(id), path: String(path) }
    },
    look: async (path: string) => json((await call('GET', `${path}/state`)).body),
    edit: async (path: string, version: number, quantity: number) =>
      call('PATCH', path, { version, cart: { offer: 0, quantity, options: {} } }),
    /** Clicks "Pay" with what a tab shows. */
    pay: (
      path: string,
      seen: { version: number; price?: { currency: string; methods: { charges: { gross: number } }[] } },
    ) =>
      call('POST', `${path}/pay`, {
        version: seen.version,
        amount: seen.price?.methods[0]?.charges.gross ?? 1,
        currency: seen.price?.currency ?? 'EUR',
      }),
    sessionsOf: (checkoutId: string) =>
      [...new Set(standIn.control.events().map(({ object }) => JSON.stringify(object)))].filter((text) =>
        text.includes(checkoutId),
      ),
  }
}

/** Tells the checkout an event as Stripe would; by another secret, or as of another time, where asked. The status of its answer. */
export async function tell(
  { app, standIn, now }: MoneyWorld,
  eventId: string,
  { secret = webhookSecret, at = now() }: { readonly secret?: string; readonly at?: Date } = {},
): Promise<number> {
  const event = standIn.control.events().find(({ id }) => id === eventId)
  if (!event) throw new Error(`There is no event ${eventId}`)
  const { body, signature } = signEvent(event, secret, at)
  const headers = { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature }
  return (await app.inject({ method: 'POST', url: stripeWebhookPath, headers, payload: body })).statusCode
}

export const sessionOf = (redirect: string): string => {
  const { redirect_url } = JSON.parse(redirect)
  return String(redirect_url).split('/').at(-1) ?? ''
}
