import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { CannotStart, exitCodes } from '../../local/supervisor/cannot-start.ts'
import { machine } from '../machine.ts'
import { runAndPrint } from '../run-and-print.ts'
import { measureAnswers } from './answers.ts'
import { reportOf } from './report.ts'
import { openShop } from './shop.ts'
import { measureSizes } from './sizes.ts'
import { measureWholeWay } from './whole-way.ts'

const numbers = { rounds: 9, seconds: 2, clients: 16, checkouts: 400, buyers: 8 }
const help = `Measures the checkout: its first page, its prices, the whole way from session to order, and what browsers load.

Use: npm run bench:checkout -- [--rounds N] [--seconds N] [--clients N] [--checkouts N] [--buyers N] [--json]
`

// A sign of the end is heard between two rounds.
await runAndPrint(async (signal) => {
  const options = readOptions()
  if (options.isHelp) return help
  const before = machine()
  const folder = await mkdtemp(join(tmpdir(), 'printcloud-bench-'))
  try {
    const shop = await openShop(folder, signal)
    try {
      const { publication } = shop
      const plan = { ...options, shop, folder, signal }
      const page = await measureAnswers(plan, { path: `/checkout?publication=${publication}` })
      const wish = {
        start: { publication },
        cart: { offer: 0, quantity: 2, options: {} },
        destination: { country: 'NL' },
      }
      const prices = await measureAnswers(plan, { path: '/checkout/prices', body: wish })
      const way = await measureWholeWay(shop, options.checkouts, options.buyers)
      const results = { machine: before, page, prices, way, sizes: await measureSizes(shop) }
      return options.isJson ? `${JSON.stringify(results, undefined, 2)}\n` : reportOf(results)
    } finally {
      await shop.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

function readOptions() {
  const text = { type: 'string' } as const
  const yes = { type: 'boolean' } as const
  const known = { help: yes, json: yes, rounds: text, seconds: text, clients: text, checkouts: text, buyers: text }
  try {
    const { values } = parseArgs({ options: known })
    const of = (name: keyof typeof numbers): number => numberOf(name, values[name])
    return {
      ...{ isHelp: values.help ?? false, isJson: values.json ?? false },
      ...{ rounds: of('rounds'), seconds: of('seconds'), clients: of('clients') },
      ...{ checkouts: of('checkouts'), buyers: of('buyers') },
    }
  } catch (error) {
    throw error instanceof CannotStart ? error : wrong(error instanceof Error ? error.message : String(error))
  }
}

function numberOf(name: keyof typeof numbers, text: string | undefined): number {
  const number = Number(text ?? numbers[name])
  if (Number.isInteger(number) && number >= 1 && number <= 100_000) return number
  throw wrong(`--${name} is ${JSON.stringify(text)}; it must be a whole number from 1 to 100000.`)
}

function wrong(why: string): CannotStart {
  return new CannotStart(exitCodes.badArguments, [why, '', help])
}
