import { decimalText } from '#contracts/money.ts'
import type { ApiKey } from '#contracts/order-api/api-key.ts'
import type { Member } from '#contracts/order-api/member.ts'
import type { StoredAccount } from '../accounts/account-store.ts'
import type { Balance } from './operator-store.ts'
import { textList, textTable } from './text-table.ts'

/** Every account, one a line. */
export function accountLines(accounts: readonly StoredAccount[]): string {
  if (accounts.length === 0) return 'There is no account yet: npm run operator -- account add NAME\n'
  const rows = accounts.map((account) => [
    account.id,
    account.name,
    account.billing,
    limitText(account),
    account.currency,
    `${account.graceMinutes} min`,
    account.createdAt.slice(0, 10),
  ])
  return textTable(['ID', 'NAME', 'BILLING', 'LIMIT', 'CURRENCY', 'GRACE', 'CREATED'], rows)
}

export const accountText = (account: StoredAccount): string =>
  textList([
    ['Account', account.name],
    ['Id', account.id],
    ['Billing', account.billing],
    ['Limit', limitText(account)],
    ['Currency', account.currency],
    ['Grace', `${account.graceMinutes} min`],
    ['Files stay', `${account.retentionDays} days`],
    ['Created', account.createdAt],
  ])

const limitText = ({ creditLimitMinor, currency }: StoredAccount): string =>
  creditLimitMinor === null ? 'none' : decimalText(creditLimitMinor, currency)

export function keyLines(keys: readonly ApiKey[]): string {
  if (keys.length === 0) return 'No keys: npm run operator -- key add ACCOUNT --live\n'
  const rows = keys.map((key) => [
    key.id,
    key.name === '' ? '-' : key.name,
    key.hint,
    key.status,
    key.expires_at?.slice(0, 10) ?? 'never',
    key.last_used_at?.slice(0, 16).replace('T', ' ') ?? 'never',
    String(key.scopes.length),
  ])
  return textTable(['KEY', 'NAME', 'HINT', 'STATUS', 'EXPIRES', 'LAST USED', 'SCOPES'], rows)
}

export const memberLines = (members: readonly Member[]): string =>
  members.length === 0
    ? 'No members.\n'
    : textTable(
        ['MEMBER', 'NAME', 'E-MAIL', 'ROLE'],
        members.map(({ id, name, email, role }) => [id, name, email, role]),
      )

export const balanceLines = (balances: readonly Balance[]): string =>
  balances.length === 0
    ? 'No balances.\n'
    : textTable(
        ['WORLD', 'BALANCE', 'LIMIT', 'CURRENCY'],
        balances.map(({ isTest, balanceMinor, limitMinor, currency }) => [
          isTest ? 'test' : 'live',
          decimalText(balanceMinor, currency),
          limitMinor === null ? 'none' : decimalText(limitMinor, currency),
          currency,
        ]),
      )
