import type { Page } from 'playwright-core'
import { Type } from 'typebox'
import { parse } from '#contracts/parse.ts'
import { chargesOf, checkoutIdOf, fillIn, goToPayment, payThere } from '../../journey/buying.ts'
import { eventually } from '../../journey/eventually.ts'
import type { Visit, VisitorWorld } from '../../journey/visitor-world.ts'
import { messagesInAll, settled, shout, stateOf, watched } from './messages.ts'
import { brokenPage, strictPage } from './strict-page.ts'

export type Bought = {
  readonly checkout: string
  readonly order: string
  readonly violations: number
  readonly progress: string
  readonly charges: number
  readonly effects: number
  readonly faults: readonly string[]
}

/** Buys from a strict page as a visitor does, while others shout at every page on the way. */
export async function buyFromStrictPage(world: VisitorWorld, publication: string): Promise<Bought> {
  const canary = await brokenRules(world)
  return world.visit(async (visit) => {
    const found: string[] = canary ? [] : ['a page that breaks its own policy is not noticed']
    const before = world.reports.length
    const effects: string[] = []
    const { host, tab } = await opened(world, visit, publication)
    await fillIn(tab)
    const checkout = tab.url()
    effects.push(...(await shoutedAt(host, tab, checkout)))
    effects.push(...(await shoutedAtHost(world, host)))
    const payment = await goToPayment(tab)
    await payThere(tab)
    const order = tab.url()
    effects.push(...(await shoutedAtOrder(host, tab)))
    await host.waitForFunction('heard.length > 0')
    const heard: unknown = await host.evaluate('heard')
    if (JSON.stringify(heard) !== JSON.stringify([['printcloud-ordered', publication]]))
      found.push(`the page of the button heard ${JSON.stringify(heard)}`)
    const progress = await delivered(order)
    const charges = await chargesOf(payment, checkoutIdOf(order))
    if (charges !== 1) found.push(`charged ${charges} times`)
    await tab.reload()
    const violations = [...visit.faults, ...world.reports.slice(before)]
    const cookies = (await visit.context.cookies()).map(({ name }) => `the cookie ${name} was set`)
    const faults = [...found, ...violations, ...effects, ...cookies]
    return { ...{ checkout, order, progress, charges, faults }, violations: violations.length, effects: effects.length }
  })
}

/** Whether a page that breaks its rules is heard of, in the console and in reports. */
const brokenRules = (world: VisitorWorld): Promise<boolean> =>
  world.visit(async ({ context, faults }) => {
    await (await context.newPage()).goto(world.show(brokenPage), { waitUntil: 'networkidle' })
    return faults.length > 1 && world.reports.length > 1
  })

/** The strict page, and the checkout that its button opened; the page keeps the window, as a hostile one would. */
async function opened(world: VisitorWorld, { context }: Visit, publication: string) {
  const host = await context.newPage()
  await host.goto(world.show(strictPage(publication)))
  await host.evaluate(`{
    window.heard = []
    for (const type of ['printcloud-ordered', 'printcloud-closed']) document.addEventListener(type, ({ detail }) => heard.push([type, detail.publication]))
    const open = window.open
    window.open = (...wish) => (window.tab = open(...wish))
  }`)
  const button = host.getByRole('button', { name: /from €/ })
  const [tab] = await Promise.all([host.waitForEvent('popup'), button.click()])
  return { host, tab }
}

/** From the page that opened it, and from another window of that. */
async function shoutedAt(host: Page, tab: Page, checkout: string): Promise<string[]> {
  const [before, versionBefore] = [await stateOf(tab), await versionOf(checkout)]
  const requests = watched(tab)
  await shout(host, 'tab', messagesInAll / 2)
  const [other] = await Promise.all([host.waitForEvent('popup'), host.evaluate('void window.open("about:blank")')])
  await shout(other, 'opener.tab', messagesInAll / 2)
  await other.close()
  await settled(tab)
  const changed = (await stateOf(tab)) === before ? [] : ['the checkout page changed']
  const moved = (await versionOf(checkout)) === versionBefore ? [] : ['the checkout changed']
  return [...changed, ...moved, ...requests.map((each) => `the checkout page did: ${each}`)]
}

/** From the page itself, and from a window of another site that it opened. */
async function shoutedAtHost(world: VisitorWorld, host: Page): Promise<string[]> {
  const requests = watched(host)
  await shout(host, 'window', messagesInAll / 2)
  const elsewhere = world.show({ body: '' }).replace('localhost', '127.0.0.1')
  const [other] = await Promise.all([host.waitForEvent('popup'), host.evaluate(`void window.open("${elsewhere}")`)])
  await other.waitForLoadState()
  await shout(other, 'opener', messagesInAll / 2)
  await other.close()
  await settled(host)
  const heard: unknown = await host.evaluate('heard')
  const events = JSON.stringify(heard) === '[]' ? [] : [`the page of the button heard ${JSON.stringify(heard)}`]
  const own = requests.filter((each) => each !== 'a window' && !each.includes(elsewhere))
  return [...events, ...own.map((each) => `the page of the button did: ${each}`)]
}

/** It asks for news by itself; nothing may be changed. */
async function shoutedAtOrder(host: Page, tab: Page): Promise<string[]> {
  const requests = watched(tab)
  const address = tab.url()
  await shout(host, 'tab', messagesInAll)
  await settled(tab)
  const wrong = requests.filter((each) => each !== `GET ${address}/state`)
  return [...wrong.map((each) => `the order page did: ${each}`), ...(tab.url() === address ? [] : ['it went away'])]
}

async function versionOf(checkout: string): Promise<number> {
  const answer = await fetch(`${checkout}/state`)
  return parse('state', Type.Object({ version: Type.Number() }), await answer.json()).version
}

/** Waits until the order is on its way, as its own page says; gives how far it came. */
const delivered = (order: string): Promise<string> =>
  eventually('the order is shipped', async () => {
    const answer = await fetch(`${order}/state`)
    const { progress } = parse('state', Type.Object({ progress: Type.String() }), await answer.json())
    return ['shipped', 'delivered'].includes(progress) ? progress : undefined
  })
