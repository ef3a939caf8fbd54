import { Refused } from '#chassis/errors.ts'
import { Account, AccountChange } from '#contracts/order-api/account.ts'
import { parse } from '#contracts/parse.ts'
import type { OwnChange } from '../accounts/account-store.ts'
import { presentAccount } from '../accounts/present.ts'
import { wantPolicy } from '../routing/want-policy.ts'
import { callerOf, needs } from './access.ts'
import type { AddRoutes } from './context.ts'
import { responses } from './responses.ts'

const tags = ['Account']

/** The account of the key: what both worlds share. Only a live key may change it. */
export const addAccountRoutes: AddRoutes = (app, { accounts, facilities }) => {
  app.get('/v1/account', {
    config: needs('account:read'),
    schema: { tags, summary: 'Your account', response: responses(200, Account, 'The account', 401, 403) },
    handler: async (request) => {
      const { accountId } = callerOf(request)
      const account = await accounts.own.find(accountId)
      if (!account) throw new Error(`There is a key without its account ${accountId}`)
      return presentAccount(account)
    },
  })

  app.patch('/v1/account', {
    config: needs('account:write', 'live'),
    schema: {
      tags,
      summary: 'Change your account',
      description:
        'With a live key. Holds for orders placed from then on, everywhere within 30 s; `retention_days` for orders that end from then on.',
      body: AccountChange,
      response: responses(200, Account, 'The account, changed', 400, 401, 403, 422),
    },
    handler: async (request) => {
      const { accountId, keyId } = callerOf(request)
      const change = changeOf(parse('account', AccountChange, request.body))
      if (change.routing) wantPolicy(change.routing, await accounts.own.find(accountId), await facilities.all())
      const account = await accounts.own.change(accountId, change)
      if (!account) {
        throw new Refused('forbidden', 'The credit limit stands in the present currency; the operator changes both.')
      }
      accounts.forget(accountId)
      request.log.info({ accountId, byKeyId: keyId, fields: Object.keys(change) }, 'account_changed')
      return presentAccount(account)
    },
  })
}

const changeOf = ({
  grace_minutes: graceMinutes,
  retention_days: retentionDays,
  ...body
}: AccountChange): OwnChange => ({
  ...body,
  ...(graceMinutes === undefined ? {} : { graceMinutes }),
  ...(retentionDays === undefined ? {} : { retentionDays }),
})
