import { PrintcloudError } from '../../order-client/index.ts'
import type { Command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { paintOf, tell } from '../output.ts'
import { keyHint, worldOf } from '../text/key-words.ts'
import { plain } from '../text/plain.ts'

export const whoami: Command = {
  name: 'whoami',
  usage: '',
  summary: 'as whom, and where to',
  options: {},
  run: async (context) => {
    const connection = await context.connection()
    const account = await (await context.client()).account.get().catch((error: unknown) => {
      if (error instanceof PrintcloudError && error.status === 403) return undefined
      throw error
    })
    const { apiUrl, apiKey, profile } = connection
    const result = { profile, api_url: apiUrl, key: keyHint(apiKey), is_test: !apiKey.startsWith('sk_live_'), account }
    const paint = paintOf(context)
    tell(context, result, () =>
      [
        `${paint.strong(plain(account?.name ?? 'An account that this key may not read'))}${account ? ` · ${account.id}` : ''}`,
        `${keyHint(apiKey)} · ${worldOf(apiKey)}`,
        paint.quiet(`${apiUrl} · profile ${profile}`),
      ].join('\n'),
    )
    return exitCodes.fine
  },
}
