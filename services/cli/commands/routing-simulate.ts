import type { RoutingPolicy, RoutingPolicyChange, RoutingSimulation } from '../../order-client/index.ts'
import type { Command, Given } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { paintOf, tell } from '../output.ts'
import { usageFault } from '../read-arguments.ts'
import type { Paint } from '../text/paint.ts'
import { tableText } from '../text/table.ts'
import { moneyText } from '../text/words.ts'

const name = 'routing simulate'
const weightNames = ['distance', 'cost', 'date', 'load', 'quality'] as const

export const routingSimulate: Command = {
  name,
  usage: '--weight cost=60',
  summary: 'who would have printed your last orders by another routing policy',
  options: {
    weight: { value: 'NAME=0..100', isRepeatable: true, text: `${weightNames.join(', ')}; what is not named is 0` },
    pin: { value: 'FACILITY', text: 'everything is made there' },
    exclude: { value: 'FACILITY', isRepeatable: true, text: 'nothing is made there' },
    'no-split': { text: 'an order is made by one facility or not at all' },
    from: { value: 'TIME', text: 'such as 2026-11-01T00:00:00Z; 30 days before --to without' },
    to: { value: 'TIME', text: 'now without; at most 31 days after --from' },
  },
  details: 'Changes nothing. The prices and facilities are those of today.',
  run: async (context) => {
    const { given, signal } = context
    const [from, to] = [given.text('from'), given.text('to')]
    const policy = policyIn(given)
    const client = await context.client()
    const found = await client.routing.simulate(
      { policy, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) },
      { signal },
    )
    tell(context, found, () => simulationText(found, paintOf(context)))
    return exitCodes.fine
  },
}

function policyIn(given: Given): RoutingPolicyChange {
  const weights = given.all('weight').map(weightIn)
  const pin = given.text('pin')
  const exclude = [...given.all('exclude')]
  const policy: RoutingPolicyChange = {
    ...(weights.length === 0 ? {} : { weights: { ...noWeights, ...Object.fromEntries(weights) } }),
    ...(pin === undefined ? {} : { pin }),
    ...(exclude.length === 0 ? {} : { exclude }),
    ...(given.has('no-split') ? { split: 'never' as const } : {}),
  }
  if (Object.keys(policy).length > 0) return policy
  throw usageFault('No policy is named.', 'Say what is to be different, such as --weight cost=60.', name)
}

const noWeights: RoutingPolicy['weights'] = { distance: 0, cost: 0, date: 0, load: 0, quality: 0 }

function weightIn(text: string): readonly [string, number] {
  const [key = '', value = ''] = text.split('=')
  const known = weightNames.find((each) => each === key)
  if (known && /^(100|\d{1,2})$/.test(value)) return [known, Number(value)]
  throw usageFault(
    `--weight is ${JSON.stringify(text)}.`,
    `It is one of ${weightNames.join(', ')}, "=", and 0 to 100.`,
    name,
  )
}

type Figures = RoutingSimulation['happened']

/** Two lines for each facility: what happened, and what would have. */
export function simulationText(found: RoutingSimulation, paint: Paint): string {
  const line = (title: string, when: string, { orders, cost, ...figures }: Figures): string[] => [
    ...[title, when, `${orders}`],
    cost.map(({ amount, currency }) => moneyText(amount, currency)).join(' + ') || '-',
    ...[`${figures.average_km}`, `${figures.average_days}`, `${figures.late_percent}`],
  ]
  const both = (title: string, { happened, simulated }: Pick<RoutingSimulation, 'happened' | 'simulated'>) => [
    line(title, 'was', happened),
    line('', 'would be', simulated),
  ]
  const titles = ['ORDERS', 'COST', 'KM', 'DAYS', 'LATE %'].map((title) => ({ title, isNumber: true as const }))
  const rows = found.facilities.flatMap((each) => both(each.facility_id, each))
  const columns = [{ title: 'FACILITY', isElastic: true as const }, { title: '' }, ...titles]
  return [tableText(columns, [...rows, ...both('all', found)], paint), paint.quiet(summaryOf(found))].join('\n')
}

function summaryOf({ from, to, orders, moved, not_possible, is_complete }: RoutingSimulation): string {
  const span = `${orders} orders of ${from.slice(0, 10)} to ${to.slice(0, 10)}: ${moved} would have moved`
  const refused = not_possible === 0 ? '' : `, ${not_possible} would have been refused`
  const rest = is_complete ? '' : ' There are more: ask for a shorter time.'
  return `${span}${refused}.${rest}`
}
