import { setTimeout as pause } from 'node:timers/promises'
import { Type } from 'typebox'
import { CheckoutView, PayAnswer } from '#contracts/checkout/checkout-view.ts'
import { matches, parse } from '#contracts/parse.ts'

/** What a visitor does. `moves`: edits while the payment page is open, in another tab. */
export const habits = [
  'returns',
  'closes_the_tab',
  'is_refused_first',
  'leaves',
  'by_transfer',
  'by_transfer_that_never_comes',
  'two_tabs',
  'moves',
  'cancels',
] as const
export type Habit = (typeof habits)[number]

/** What a visitor saw and did, as the visitor remembers it. `clicked`: by payment page, what stood on the button that led there. */
export type Visit = {
  readonly habit: Habit
  readonly email: string
  readonly id: string
  readonly orderPath: () => Promise<string | undefined>
  readonly clicked: ReadonlyMap<string, number>
}

export type Addresses = { readonly shop: string; readonly payments: string; readonly publication: string }

const buyerOf = (email: string) => ({
  name: 'Ada Lovelace',
  email,
  address: { line1: 'Kade 12', city: 'Amsterdam', postal_code: '1011 AB', country: 'NL' },
})

/** Somebody without a browser who does the same again until it is answered, as people do. */
export async function visit(at: Addresses, habit: Habit, email: string): Promise<Visit> {
  const ask = askAt(at)
  const clicked = new Map<string, number>()
  const cart = { offer: 0, quantity: 1, options: {} }
  const begun = await ask('POST', '/checkout/sessions', {
    start: { publication: at.publication },
    cart,
    language: 'en',
  })
  const path = parse('session', Type.Object({ path: Type.String() }), begun.body).path
  const look = async () => parse('view', CheckoutView, (await ask('GET', `${path}/state`)).body)
  const edit = async (change: object): Promise<CheckoutView> => {
    for (;;) {
      const seen = await look()
      const { status, body } = await ask('PATCH', path, { version: seen.version, ...change })
      if (status === 200) return parse('view', CheckoutView, body)
      if (status !== 409) throw new Error(`An edit was answered ${status}: ${JSON.stringify(body)}`)
    }
  }
  /** To the payment page; its session. Undefined: it is paid already. */
  const click = async (seen?: CheckoutView): Promise<string | undefined> => {
    for (let view = seen; ; view = undefined) {
      const shown = view ?? (await look())
      const charges = shown.price?.methods[0]?.charges
      if (!charges) {
        await pause(pauseMilliseconds)
        continue
      }
      const { gross: amount, currency } = charges
      const { status, body } = await ask('POST', `${path}/pay`, { version: shown.version, amount, currency })
      if (status === 409) continue
      if (status !== 200) throw new Error(`A click on pay was answered ${status}: ${JSON.stringify(body)}`)
      const session = /cs_\w+/.exec(parse('page', PayAnswer, body).redirect_url)?.[0]
      if (session !== undefined) clicked.set(session, amount)
      return session
    }
  }
  const act = async (session: string | undefined, deed: string): Promise<void> => {
    if (session !== undefined) await ask('POST', '/control/act', { session, deed }, at.payments)
  }
  const orderPath = async () => (await look()).order_path
  await edit({ buyer: buyerOf(email), shipping_method: 'standard' })
  await deeds[habit]({ click, act, edit, look, ask, path, orderPath })
  return { habit, email, id: path.split('/')[3]?.split('.')[0] ?? '', orderPath, clicked }
}

type Hands = {
  readonly click: (seen?: CheckoutView) => Promise<string | undefined>
  readonly act: (session: string | undefined, deed: string) => Promise<void>
  readonly edit: (change: object) => Promise<CheckoutView>
  readonly look: () => Promise<CheckoutView>
  readonly ask: Ask
  readonly path: string
  readonly orderPath: Visit['orderPath']
}

const deeds: Readonly<Record<Habit, (hands: Hands) => Promise<void>>> = {
  returns: async ({ click, act, ask, path }) => {
    await act(await click(), 'pay')
    await ask('GET', `${path}/done`)
  },
  closes_the_tab: async ({ click, act }) => act(await click(), 'pay'),
  is_refused_first: async ({ click, act, ask, path }) => {
    await act(await click(), 'refuse')
    await ask('GET', `${path}/back`)
    await act(await click(), 'pay')
  },
  leaves: async ({ click }) => void (await click()),
  by_transfer: async ({ click, act }) => act(await click(), 'later_paid'),
  by_transfer_that_never_comes: async ({ click, act }) => act(await click(), 'later_failed'),
  two_tabs: async ({ click, act, look }) => {
    const seen = await look()
    const tabs = await Promise.all([click(seen), click(seen)])
    await Promise.all(tabs.map((session) => act(session, 'pay')))
  },
  moves: async ({ click, act, edit }) => {
    const first = await click()
    const [, second] = await Promise.all([act(first, 'pay'), edit({ cart: { offer: 0, quantity: 3, options: {} } })])
    if (second.state === 'open') await act(await click(), 'pay')
  },
  cancels: async ({ click, act, ask, path, orderPath }) => {
    await act(await click(), 'pay')
    await ask('GET', `${path}/done`)
    const order = await orderPath()
    if (order === undefined) return
    const { status, body } = await ask('POST', `${order}/cancel`)
    if (status !== 200) throw new Error(`A wish to cancel was answered ${status}: ${JSON.stringify(body)}`)
  },
}

type Reply = { readonly status: number; readonly body: unknown }
type Ask = (method: string, path: string, body?: object, base?: string) => Promise<Reply>

const patienceMilliseconds = 60_000
const pauseMilliseconds = 150
const Problem = Type.Object({ code: Type.String() })

/** From the checkout's own page. Whatever is no answer of the checkout is asked again. */
function askAt({ shop }: Addresses): Ask {
  const own = { origin: shop, 'sec-fetch-site': 'same-origin' }
  return async (method, path, body, base = shop) => {
    const end = performance.now() + patienceMilliseconds
    for (;;) {
      const found = await answered(`${base}${path}`, {
        ...{ method, headers: own, redirect: 'manual', signal: AbortSignal.timeout(15_000) },
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { ...own, 'content-type': 'application/json' } }),
      })
      if (found && found.status < 500 && !isUncertain(found)) return found
      if (performance.now() > end) throw new Error(`${method} ${path.slice(0, 20)}: ${JSON.stringify(found)}`)
      await pause(pauseMilliseconds)
    }
  }
}

const isUncertain = ({ body }: Reply): boolean => matches(Problem, body) && body.code === 'payment_uncertain'

async function answered(url: string, request: RequestInit): Promise<Reply | undefined> {
  try {
    const answer = await fetch(url, request)
    const text = await answer.text()
    return { status: answer.status, body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text }
  } catch {
    return undefined
  }
}
