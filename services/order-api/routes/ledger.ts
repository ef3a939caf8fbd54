import { Type } from 'typebox'
import { Refused } from '#chassis/errors.ts'
import { Id } from '#contracts/ids.ts'
import { BalanceList, Deposit, DepositRequest, EntryList } from '#contracts/order-api/ledger.ts'
import { PageSize } from '#contracts/order-api/number-text.ts'
import { parse } from '#contracts/parse.ts'
import type { Principal } from '../auth/principal.ts'
import { bookDeposit, depositEntries, hasRoom, largestBalanceMinor } from '../ledger/book-deposit.ts'
import { bookedByOperator } from '../ledger/insufficient-credit.ts'
import { readBalances, readEntries } from '../ledger/read-ledger.ts'
import { makeIdAt } from '../orders/make-id.ts'
import { fingerprintOf } from '../store/idempotency.ts'
import { callerOf, needs } from './access.ts'
import type { AddRoutes, ApiContext } from './context.ts'
import { type Answer, IdempotencyHeaders, idempotencyKey, replay, sendAnswer } from './idempotent.ts'
import { responses } from './responses.ts'

const mostEntriesOfAPage = 100
const ListQuery = Type.Object(
  {
    cursor: Type.Optional(Id('ledgerEntry', '`next` of the page before')),
    limit: Type.Optional(PageSize),
    order_id: Type.Optional(Id('order', 'the id of an order: only what was booked for it')),
  },
  { additionalProperties: false },
)
const tags = ['Ledger']

/** What an account has, owes and spent; and paying in, in the test world. */
export const addLedgerRoutes: AddRoutes = (app, context) => {
  app.get('/v1/ledger/balances', {
    config: needs('ledger:read'),
    schema: {
      tags,
      summary: 'What you may spend and what you owe, by currency',
      response: responses(200, BalanceList, 'The balances', 401, 403),
    },
    handler: async (request) => ({ data: await readBalances(context.database, callerOf(request)) }),
  })

  app.get('/v1/ledger/entries', {
    config: needs('ledger:read'),
    schema: {
      tags,
      summary: 'Everything that was booked, newest first',
      querystring: ListQuery,
      response: responses(200, EntryList, 'One page', 401, 403, 422),
    },
    handler: async (request) => {
      const { cursor: before, limit = '20', order_id: orderId } = parse('query', ListQuery, request.query)
      const size = Math.min(Number(limit), mostEntriesOfAPage)
      const entries = await readEntries(context.database, callerOf(request), { orderId, before, limit: size + 1 })
      const data = entries.slice(0, size)
      return { data, next: entries.length > size ? (data.at(-1)?.id ?? null) : null }
    },
  })

  app.post('/v1/ledger/deposits', {
    config: needs('ledger:write', 'test', bookedByOperator),
    schema: {
      tags,
      summary: 'Pay test money in',
      description:
        'Only in the test world, with a `sk_test_` key. It goes onto the balance of an account that pays in advance, and against what an account owes that orders on invoices. Live money is booked by the operator when it has come.',
      headers: IdempotencyHeaders,
      body: DepositRequest,
      response: responses(201, Deposit, 'The deposit is booked', 400, 401, 403, 422),
    },
    handler: async (request, reply) => {
      const principal = callerOf(request)
      const key = idempotencyKey(request.headers['idempotency-key'])
      return sendAnswer(reply, await payIn(context, principal, key, parse('deposit', DepositRequest, request.body)))
    },
  })
}

/** Claims the key and books, in one statement; a key that was used gives its old answer again. */
const claim = `insert into idempotency_keys (account_id, key, is_test, request_sha256, order_id, status, body, created_at)
    select :account::text, :key::text, :isTest::boolean, :requestSha256::text, :made::text, 201, :body::text, :at::timestamptz
    where ${hasRoom}
    on conflict do nothing returning 1`

async function payIn(context: ApiContext, principal: Principal, key: string, request: DepositRequest): Promise<Answer> {
  const { accountId, isTest } = principal
  const at = context.now()
  const requestSha256 = fingerprintOf({ deposit: request })
  const { billing, creditLimitMinor } = principal.terms
  // Who orders on invoices pays what is owed: a balance of theirs would never be spent.
  const to = billing === 'prepaid' ? 'prepaid' : 'receivable'
  const hasBalance = to === 'prepaid' || creditLimitMinor !== null
  const facts = { accountId, isTest, ...request, cause: 'deposit', to } as const
  const entries = depositEntries(
    facts,
    makeIdAt(() => at),
  )
  const made = entries[0]?.transactionId ?? ''
  const deposit: Deposit = { id: made, object: 'deposit', is_test: isTest, ...request, created_at: at.toISOString() }
  const body = JSON.stringify(deposit)
  const parameters = { key, requestSha256, made, body }
  const { isBooked } = await bookDeposit(context.database, { facts, entries, hasBalance, at, claim, parameters })
  if (isBooked) return { status: 201, body, isReplay: false }
  const kept = await replay(context, principal, key, requestSha256, made)
  if (kept) return kept
  throw new Refused('invalid_request', 'The fields listed in errors are not acceptable.', [
    { pointer: '/amount', detail: `the balance would be more than ${largestBalanceMinor}; pay in less` },
  ])
}
