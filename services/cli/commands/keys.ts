import { accountScopes } from '#contracts/order-api/scopes.ts'
import type { ApiKey } from '../../order-client/index.ts'
import type { Command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { isMeant, paintOf, tell, yes } from '../output.ts'
import { usageFault } from '../read-arguments.ts'
import { tableText } from '../text/table.ts'
import { timeText } from '../text/words.ts'
import { firstWord } from '../words-given.ts'

const keysList: Command = {
  name: 'keys list',
  usage: '',
  summary: 'the API keys of this world',
  options: { all: { text: 'expired and revoked ones as well' } },
  run: async (context) => {
    const client = await context.client()
    const found: ApiKey[] = []
    for await (const key of client.apiKeys.list({ signal: context.signal })) {
      if (key.status === 'live' || context.given.has('all')) found.push(key)
    }
    tell(context, { data: found }, () =>
      tableText(
        [{ title: 'KEY' }, { title: 'NAME', isElastic: true }, { title: 'HINT' }, { title: 'LAST USED' }],
        found.map(({ id, name, hint, last_used_at, status }) => [
          id,
          name,
          hint,
          status === 'live' ? (last_used_at === null ? 'never' : timeText(last_used_at)) : status,
        ]),
        paintOf(context),
      ),
    )
    return exitCodes.fine
  },
}

const keysAdd: Command = {
  name: 'keys add',
  usage: 'NAME',
  summary: 'make an API key',
  options: {
    scope: {
      value: 'SCOPE',
      isRepeatable: true,
      text: 'what it may do, such as orders:read; all that you may without',
    },
    scopes: { value: 'A,B', text: 'the same, several at once' },
    publishable: { text: 'a key for web pages (pk_…)' },
    expires: { value: 'DATE', text: 'from when on it no longer works, such as 2027-01-31' },
  },
  run: async (context) => {
    const { given } = context
    const name = firstWord(context, 'keys add', 'the name of what uses the key')
    const scopes = given
      .all('scope')
      .concat(given.all('scopes'))
      .flatMap((text) => text.split(','))
      .map(scopeOf)
    const expires = given.text('expires')
    const client = await context.client()
    const made = await client.apiKeys.create(
      {
        name,
        ...(given.has('publishable') ? { kind: 'publishable' as const } : {}),
        ...(scopes.length > 0 ? { scopes } : {}),
        ...(expires === undefined ? {} : { expires_at: timeOf(expires) }),
      },
      { signal: context.signal },
    )
    tell(context, made, () =>
      [`Made ${made.id} for ${made.name}`, `Key, shown this once: ${paintOf(context).strong(made.secret)}`].join('\n'),
    )
    return exitCodes.fine
  },
}

function scopeOf(text: string) {
  const found = accountScopes.find((scope) => scope === text)
  if (found) return found
  throw usageFault(`There is no scope ${JSON.stringify(text)}.`, `The scopes: ${accountScopes.join(', ')}.`, 'keys add')
}

function timeOf(text: string): string {
  const at = new Date(text)
  if (!Number.isNaN(at.getTime())) return at.toISOString()
  throw usageFault(`--expires is ${JSON.stringify(text)}.`, 'It is a date, such as 2027-01-31.', 'keys add')
}

const keysRevoke: Command = {
  name: 'keys revoke',
  usage: 'KEY',
  summary: 'make a key worthless, at once and for ever',
  options: { yes },
  run: async (context) => {
    const id = firstWord(context, 'keys revoke', 'the id of a key (key_…)')
    const client = await context.client()
    if (!(await isMeant(context, `Revoke ${id}? Whatever uses it stops working.`))) return exitCodes.endedBadly
    await client.apiKeys.revoke(id, { signal: context.signal })
    tell(context, { id, status: 'revoked' }, () => `Revoked ${id}.`)
    return exitCodes.fine
  },
}

export const keyCommands: readonly Command[] = [keysList, keysAdd, keysRevoke]
