import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addressesFrom, listeners } from '../../../local/platform/addresses.ts'
import { forgetData } from '../../../local/platform/folders.ts'
import { startPlatform } from '../../../local/platform/start-platform.ts'
import { freePorts } from '../../../local/supervisor/ports.ts'
import type { ProductPromise, PromiseContext } from '../promise.ts'
import { buyOnABadDay, type World } from './buy-on-a-bad-day.ts'
import { buyerOf, type Canary, foundIn, movedTo, personal } from './canaries.ts'
import { filesIn, itemsOf, objectsOf, type Place, tablesHolding } from './look-everywhere.ts'

/** What shows everything that a process says, also what nobody reads on a good day. */
const talkative = ['order-api', 'order-worker', 'processor', 'button-checkout', 'checkout-worker', 'front-door']
/** Whose rows are the order of a person; everything else of the database is not. */
const ofOrders = ['orders', 'idempotency_keys', 'tickets']
const saleAddress = 'the address of a sale document'
/** What a facility is given (docs/facility-handbook.md), as a parcel needs it to arrive and carriers announce it. */
const onLabels = ['a name', 'a mail address', 'a phone number', 'a street', 'a second line', 'a town', 'a new street']
/** Of the customer, to the customer; the link to the order, and none to the checkout. */
const inMails = [...onLabels, 'a link to an order']
/** What was frozen, and the page where it was paid. */
const inCheckouts = ['a quote', 'a payment page']

/** P23: a whole order, on a bad day and with every log at its loudest; then everything that was written anywhere is read. */
export const nothingLeaks: ProductPromise = {
  id: 'P23',
  guarantee:
    'no name, address, mail, key, link or quote stands in a log, an error, a published document or a table where it does not belong',
  run: async (context) => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'printcloud-p23-'))
    try {
      const port = await freePorts(listeners.length)
      const environment = Object.fromEntries(talkative.map((name) => [name, { LOG_LEVEL: 'trace' }]))
      const options = { dataFolder, port, environment, shopStepMilliseconds: 100, without: ['demo-shop'] }
      const platform = await startPlatform(options, context.signal)
      try {
        return await buyAndLook(context, { platform, dataFolder, addresses: addressesFrom(port) })
      } finally {
        await platform.close()
      }
    } finally {
      await forgetData(dataFolder)
      await rm(dataFolder, { recursive: true, force: true })
    }
  },
}

async function buyAndLook({ seed, signal, tell }: PromiseContext, world: World) {
  const { addresses, dataFolder } = world
  const buyer = buyerOf(seed)
  const people = personal(buyer, movedTo(seed))
  const bought = await buyOnABadDay({ seed, signal, tell }, world)
  const everything = [...people, ...bought.secrets]
  tell('P23: reading all that was written')
  const [logs, mails, jobs, objects, items, tables] = await Promise.all([
    filesIn(join(dataFolder, 'logs'), 'log'),
    filesIn(join(dataFolder, 'mailbox'), 'mail'),
    filesIn(join(dataFolder, 'facilities'), 'facility'),
    objectsOf(addresses),
    itemsOf(addresses),
    tablesHolding(addresses, everything),
  ])
  const answers = bought.errors.map(({ status, text }, index) => ({ name: `refusal ${index} (${status})`, text }))
  const clean = [...logs, ...objects, ...bought.tickets, ...answers]
  const [label, mail] = [without(everything, onLabels), without(everything, inMails)]
  const faults = [
    ...clean.flatMap((place) => faultsOf(place, isSale(place) ? without(everything, [saleAddress]) : everything)),
    ...jobs.flatMap((place) => faultsOf(place, label)),
    ...mails.flatMap((place) => faultsOf(place, mail)),
    ...items.flatMap((place) => faultsOf(place, isCheckout(place) ? without(bought.secrets, inCheckouts) : everything)),
    ...tables.flatMap(({ table, holds }) => {
      const mayHold = ofOrders.includes(table)
        ? people.map(({ name }) => name)
        : table === 'documents'
          ? [saleAddress]
          : []
      return holds.filter((name) => !mayHold.includes(name)).map((name) => `table ${table} holds ${name}`)
    }),
    // Whoever finds nothing because there was nothing has shown nothing.
    ...(tables.some(({ holds }) => holds.includes('a name')) ? [] : ['no order was found in the database']),
    ...(logs.some(({ text }) => text.includes('order_placed')) ? [] : ['no order was found in the logs']),
    ...(mails.some(({ text }) => text.includes('order/chk_')) ? [] : ['no mail was found']),
    ...(bought.tickets.length > 0 ? [] : ['nothing waited for a processor']),
  ]
  const places = clean.length + jobs.length + mails.length + items.length + tables.length
  return { figure: `${everything.length} canaries, ${places} places read, ${faults.length} finds`, faults }
}

const faultsOf = ({ name, text }: Place, canaries: readonly Canary[]): readonly string[] =>
  foundIn(text, canaries).map((found) => `${name} holds ${found}`)

const without = (canaries: readonly Canary[], names: readonly string[]): readonly Canary[] =>
  canaries.filter(({ name }) => !names.includes(name))
const isSale = ({ name }: Place): boolean => name.includes('/public/v1/sales/')
const isCheckout = ({ name }: Place): boolean => name.startsWith('item chk_')
