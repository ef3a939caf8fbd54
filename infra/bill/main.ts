import { exampleSettings, exampleTemplates } from './example.ts'
import { statedLoad } from './load.ts'
import { type BillLine, priceTemplate, total } from './price-template.ts'
import { readPrices } from './prices.ts'
import { standbyBill } from './standby-bill.ts'

const prices = readPrices(exampleSettings.standbyRegion)

const row = ({ what, quantity, unit, usd }: BillLine): string =>
  `${what.padEnd(34)}${quantity.toLocaleString('en', { maximumFractionDigits: 1 }).padStart(14)} ${unit.padEnd(12)}${usd.toFixed(2).padStart(10)}`

const table = (title: string, lines: readonly BillLine[]): string =>
  [title, ...lines.map(row), `${'USD a month'.padEnd(61)}${total(lines).toFixed(2).padStart(10)}`, ''].join('\n')

const bills: Readonly<Record<string, () => readonly string[]>> = {
  standby: () => [
    table('Standby, asleep:', standbyBill(exampleTemplates('asleep').standby, prices)),
    table('Standby, awake:', standbyBill(exampleTemplates('awake').standby, prices)),
  ],
  reads: () => [
    table(
      `Reads, at ${statedLoad.views.toLocaleString('en')} views of a page with a button:`,
      priceTemplate(exampleTemplates('asleep')['read-path'], statedLoad, prices),
    ),
  ],
}

const [part = ''] = process.argv.slice(2)
const bill = bills[part]
if (bill === undefined) {
  process.stderr.write('npm run infra:bill -- standby|reads\n')
  process.exitCode = 64
} else {
  const { region, dated, source } = prices
  const load = `${statedLoad.orders.toLocaleString('en')} orders a month, ${statedLoad.databaseGb} GB of database`
  process.stdout.write(`${bill().join('\n')}\nAt ${load}; prices of ${region}, ${dated}. ${source}\n`)
}
