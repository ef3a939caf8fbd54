import type { AccountEvent, PrintcloudClient } from '../../order-client/index.ts'
import type { Command, CommandContext } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { paintOf } from '../output.ts'
import { eventWords } from '../text/event-words.ts'
import { timeText } from '../text/words.ts'
import { wholeNumber } from '../wanted-items.ts'

export const events: Command = {
  name: 'events',
  usage: '[--follow]',
  summary: 'what happened in the account',
  options: {
    follow: { text: 'go on with what happens from now on' },
    after: { value: 'N', text: 'begin after the event with this sequence; the last twenty without' },
    limit: { value: 'N', text: 'at most so many; with --follow it does not count' },
    type: { value: 'TYPE', text: 'events of one type, such as order.shipped' },
  },
  details: 'With --json: one line an event. Give the last sequence that you have handled as --after.',
  run: async (context) => {
    const { given, signal } = context
    const client = await context.client()
    const most = wholeNumber(given, 'limit', 'events') ?? 20
    const after = wholeNumber(given, 'after', 'events', 0) ?? Math.max(0, (await newest(client, signal)) - most)
    const type = given.text('type')
    const wanted = type === undefined ? {} : { type }
    if (given.has('follow')) {
      for await (const event of client.events.follow({ after, signal, ...wanted })) showEvent(context, event)
      return exitCodes.fine
    }
    const page = await client.events.list({ after, limit: Math.min(1000, most), signal, ...wanted })
    for (const event of page.data) showEvent(context, event)
    if (page.data.length === 0 && !context.isJson) context.terminal.out('Nothing happened.\n')
    if (page.has_more && !context.isJson) context.terminal.fault(`There are more: --after ${page.next}\n`)
    return exitCodes.fine
  },
}

function showEvent(context: CommandContext, event: AccountEvent): void {
  const { sequence, at, order_id = '', data } = event
  const about = order_id === '' && typeof data.publication_id === 'string' ? data.publication_id : order_id
  const paint = paintOf(context)
  const line = `${String(sequence).padStart(7)}  ${timeText(at)}  ${eventWords(event)}`
  const words = about === '' ? line : `${line}\n${' '.repeat(27)}${paint.quiet(about)}`
  context.terminal.out(`${context.isJson ? JSON.stringify(event) : words}\n`)
}

/** The sequence of the newest event: sequences have no gaps, so that a few small questions find it. */
async function newest(client: PrintcloudClient, signal: AbortSignal): Promise<number> {
  const isThere = async (sequence: number): Promise<boolean> =>
    (await client.events.list({ after: sequence - 1, limit: 1, signal })).data.length > 0
  let [known, beyond] = [0, 1]
  while (await isThere(beyond)) [known, beyond] = [beyond, beyond * 8]
  while (beyond - known > 1) {
    const middle = Math.floor((known + beyond) / 2)
    if (await isThere(middle)) known = middle
    else beyond = middle
  }
  return known
}
