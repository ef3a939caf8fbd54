import { randomUUID } from 'node:crypto'
import { CommandFault } from '#chassis/command-line/command-fault.ts'
import { type Order, type OrderRequest, PrintcloudError } from '../../order-client/index.ts'
import type { Command, CommandContext } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { isMeant, paintOf, tell, yes } from '../output.ts'
import { chargesText } from '../text/charges-text.ts'
import { moneyText, words } from '../text/words.ts'
import { orderOptions, wantedOrder } from '../wanted-order.ts'
import { orderIdIn } from '../words-given.ts'

export const order: Command = {
  name: 'order',
  usage: 'FILE… --sku SKU …',
  summary: 'place an order; files are uploaded on the way',
  options: {
    ...orderOptions,
    draft: { text: 'keep it as a draft: nothing is printed or charged until it is confirmed' },
    quote: { text: 'ask for the price first, show it, and order at exactly that' },
    yes: { text: 'do not ask whether the price is right' },
    'idempotency-key': { value: 'KEY', text: 'your own id of this order: run again with it, there is still one order' },
  },
  details:
    'A FILE is a file of this machine, the id of an uploaded one (fil_…) or an address.\nOne PDF is the block of a book, one picture a poster or canvas, several are pages.',
  run: async (context) => {
    const request = await wantedOrder(context)
    const quoted = context.given.has('quote') ? await atQuotedPrice(context, request) : request
    if (quoted === undefined) {
      context.terminal.fault('Nothing was ordered.\n')
      return exitCodes.endedBadly
    }
    const placed = await place(context, quoted)
    tell(context, placed, () => placedText(context, placed))
    return exitCodes.fine
  },
}

/** Undefined when the price is not wanted. */
async function atQuotedPrice(context: CommandContext, request: OrderRequest): Promise<OrderRequest | undefined> {
  const { country, state, postal_code } = request.recipient.address
  const items = request.items.map(({ sku, quantity, pages, options }) => ({
    ...{ sku, quantity },
    ...(pages === undefined ? {} : { pages }),
    ...(options === undefined ? {} : { options }),
  }))
  const recipient = { country, postal_code, ...(state === undefined ? {} : { state }) }
  const client = await context.client()
  const quote = await client.quotes.create({ recipient, items }, { signal: context.signal })
  const option = quote.shipping_options.find(({ shipping_method }) => shipping_method === request.shipping_method)
  if (!option) {
    const why = quote.unavailable.find(({ shipping_method }) => shipping_method === request.shipping_method)?.detail
    throw new CommandFault(exitCodes.refused, [
      `There is no price for ${words(request.shipping_method)} shipping.`,
      why ?? 'No facility offers it for this destination.',
      'Choose another method with --shipping.',
    ])
  }
  const { currency, gross } = option.charges
  if (!context.isJson) context.terminal.out(`${chargesText(option.charges, paintOf(context))}\n`)
  const isWanted = await isMeant(context, `Order for ${moneyText(gross, currency)}?`)
  return isWanted ? { ...request, quote_id: quote.id } : undefined
}

/** Says with which key to try again when it is not known whether the order was taken. */
async function place(context: CommandContext, request: OrderRequest): Promise<Order> {
  const idempotencyKey = context.given.text('idempotency-key') ?? randomUUID()
  const client = await context.client()
  try {
    return await client.orders.create(request, { idempotencyKey, signal: context.signal })
  } catch (error) {
    // Whoever stops it now does not know either.
    if (context.signal.aborted || (error instanceof PrintcloudError && error.isRetryable)) {
      context.terminal.fault(`Run it again with --idempotency-key ${idempotencyKey}: there will still be one order.\n`)
    }
    throw error
  }
}

function placedText(context: CommandContext, { id, stage, charges, shipping_method, items }: Order): string {
  const paint = paintOf(context)
  const price = charges === undefined ? '' : ` · ${moneyText(charges.gross, charges.currency)}`
  const what = items.map(({ quantity, sku }) => `${quantity} × ${sku}`).join(', ')
  const next = stage === 'draft' ? `npx printcloud confirm ${id}` : `npx printcloud watch ${id}`
  return [
    `${paint.strong(stage === 'draft' ? 'Kept as a draft' : 'Ordered')} ${id}${price}`,
    `${what} · ${words(shipping_method)} shipping`,
    paint.quiet(next),
  ].join('\n')
}

export const confirm: Command = {
  name: 'confirm',
  usage: 'ORDER',
  summary: 'make a draft an order: it is charged now',
  options: { yes },
  run: async (context) => {
    const id = orderIdIn(context, 'confirm')
    const client = await context.client()
    if (!(await isMeant(context, `Order and pay ${id}?`))) return exitCodes.endedBadly
    const confirmed = await client.orders.confirm(id, { signal: context.signal })
    tell(context, confirmed, () => placedText(context, confirmed))
    return exitCodes.fine
  },
}
