import type { Command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { paintOf, tell } from '../output.ts'
import { tableText } from '../text/table.ts'
import { moneyText } from '../text/words.ts'

export const balance: Command = {
  name: 'balance',
  usage: '',
  summary: 'what there is to spend, and what is owed',
  options: {},
  run: async (context) => {
    const client = await context.client()
    const balances = await client.ledger.balances({ signal: context.signal })
    tell(context, { data: balances }, () =>
      tableText(
        ['BALANCE', 'CREDIT', 'TO SPEND', 'OWED'].map((title) => ({ title, isNumber: true as const })),
        balances.map(({ currency, balance: paidIn, limit, spendable, owed }) => [
          moneyText(paidIn, currency),
          limit === null ? 'no limit' : moneyText(limit, currency),
          spendable === null ? 'no limit' : moneyText(spendable, currency),
          moneyText(owed, currency),
        ]),
        paintOf(context),
      ),
    )
    return exitCodes.fine
  },
}
