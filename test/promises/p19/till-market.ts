import { Refused } from '#chassis/errors.ts'
import { newId } from '#chassis/ids.ts'
import { problemCodes } from '#contracts/problem-codes.ts'
import { presentOrder } from '../../../services/order-api/orders/present-order.ts'
import { decideOnFacilityStatus } from '../../../services/order-api/status/handle-facility-status.ts'
import { decideOnReport } from '../../../services/order-api/status/handle-report.ts'
import type { Answer } from '../../loopback/order-api/client.ts'
import { reportOf, statusOf } from '../../loopback/order-api/ledger-world.ts'
import { faultsOf, type TillAccount } from './books.ts'
import type { Customer } from './commands.ts'
import type { Market } from './market.ts'
import { createTill, orderOf, type Till } from './till.ts'

/** The till as if it were the API: the same addresses, the same answers, thousands of times faster. */
export function tillMarket(): Market {
  const till = createTill()
  const accounts = new Map<string, { readonly account: TillAccount; readonly paidInMinor: number }>()
  const wrong: string[] = []
  const close = (): void => {
    for (const { account, paidInMinor } of accounts.values()) wrong.push(...faultsOf(account, paidInMinor))
    accounts.clear()
  }
  const ownerOf = (orderId: string): TillAccount => {
    for (const { account } of accounts.values()) if (account.orders.has(orderId)) return account
    throw new Error(`Nobody has order ${orderId}`)
  }
  const itemOf = (orderId: string, place: number) => {
    const item = orderOf(ownerOf(orderId), orderId).items[place]
    if (!item) throw new Error(`Order ${orderId} has no item ${place}`)
    return item
  }
  const report = async (id: string, place: number, outcome: 'ready' | 'rejected'): Promise<void> => {
    till.change(ownerOf(id), id, decideOnReport(reportOf(id, itemOf(id, place), outcome)))
  }
  return {
    call: async (method, path, { key, headers = {}, body }) => {
      const found = accounts.get(key)
      if (!found) throw new Error('No such key')
      return answered(found.account, headers['idempotency-key'], () => route(till, found.account, method, path, body))
    },
    outside: {
      ready: (id, place) => report(id, place, 'ready'),
      rejected: (id, place) => report(id, place, 'rejected'),
      says: async (id, status, place) => {
        till.change(ownerOf(id), id, decideOnFacilityStatus(statusOf(id, itemOf(id, place), status)))
      },
    },
    open: async (customer) => {
      // One customer buys at a time here: the one before is asked no more.
      close()
      const key = newId('key', till.now())
      accounts.set(key, { account: accountOf(customer, till), paidInMinor: paidInBy(customer) })
      return key
    },
    editPrices: async (place, percent) => till.edit(place, percent),
    pass: till.pass,
    now: till.now,
    faults: async () => {
      close()
      return wrong
    },
  }
}

const paidInBy = ({ paysIn }: Customer): number => (paysIn === 'invoice' ? 0 : paysIn)

const accountOf = (customer: Customer, till: Till): TillAccount => ({
  accountId: newId('acc', till.now()),
  isTest: customer.isTest,
  terms: {
    billing: customer.paysIn === 'invoice' ? 'invoice' : 'prepaid',
    creditLimitMinor: null,
    currency: 'EUR',
    graceMinutes: 0,
  },
  balanceMinor: paidInBy(customer),
  entries: [],
  orders: new Map(),
  answers: new Map(),
})

/** A key that was used gives its answer again; what was refused did not use it. */
function answered(account: TillAccount, key: string | undefined, make: () => readonly [number, unknown]): Answer {
  try {
    const kept = key === undefined ? undefined : account.answers.get(key)
    const [status, json] = kept ? [201, kept] : make()
    if (key !== undefined && status === 201) account.answers.set(key, json)
    return answerOf(status, json)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const { code } = error
    const known = Object.entries(problemCodes).find(([name]) => name === code)
    return answerOf(known?.[1].status ?? 500, { code })
  }
}

function answerOf(status: number, value: unknown): Answer {
  const text = JSON.stringify(value)
  return { status, headers: new Headers(), text, json: JSON.parse(text) }
}

function route(
  till: Till,
  account: TillAccount,
  method: string,
  path: string,
  body: unknown,
): readonly [number, unknown] {
  const [, , , id = '', action = '', itemId = ''] = (path.split('?')[0] ?? '').split('/')
  if (path === '/v1/quotes') return [201, till.quote(account, body)]
  if (path === '/v1/ledger/balances') return [200, { data: [balanceOf(account)] }]
  if (path.startsWith('/v1/ledger/entries')) return [200, { data: entriesOf(account, path) }]
  if (path === '/v1/orders') return [201, presentOrder(till.place(account, body))]
  if (action === 'reprints') return [201, presentOrder(till.reprint(account, id, body))]
  if (action === 'confirm') return [200, presentOrder(till.confirm(account, id, body))]
  if (action === 'items') return [200, presentOrder(till.sendFiles(account, id, itemId, body))]
  if (action === 'cancel') return [200, presentOrder(till.cancel(account, id))]
  return [200, presentOrder(method === 'PATCH' ? till.patch(account, id, body) : orderOf(account, id))]
}

function balanceOf({ balanceMinor, entries }: TillAccount) {
  const owed = entries.filter(({ ledger }) => ledger === 'receivable').reduce((sum, each) => sum + each.amountMinor, 0)
  return { balance: balanceMinor, owed }
}

const entriesOf = ({ entries }: TillAccount, path: string) =>
  entries
    .filter(({ orderId }) => path.includes(orderId))
    .map(({ transactionId, amountMinor, ledger, cause }) => ({
      transaction_id: transactionId,
      amount: amountMinor,
      ledger,
      cause,
    }))
