import { startVisitorWorld } from '../../journey/visitor-world.ts'
import type { ProductPromise } from '../promise.ts'
import { buyFromStrictPage } from './buy-from-strict-page.ts'
import { frameAll } from './framed.ts'
import { messagesInAll } from './messages.ts'
import { withoutThirdPartyCookies } from './without-third-party-cookies.ts'

/** P24: the button and its checkout keep to the strictest rules, and nobody else's page has a hand in them. */
export const buttonIsSafe: ProductPromise = {
  id: 'P24',
  guarantee:
    'From a page with the strictest policy and without third-party cookies an order completes; the checkout is in nobody’s frame and hears no messages.',
  run: async ({ signal, tell }) => {
    tell('P24: the platform starts')
    const world = await startVisitorWorld()
    try {
      const publication = await world.publish()
      const faults = [...(await withoutThirdPartyCookies(world))]
      tell('P24: an order from a strict page')
      const bought = await buyFromStrictPage(world, publication)
      signal.throwIfAborted()
      tell('P24: frames')
      const start = `${world.url}/checkout?publication=${publication}`
      const framed = await frameAll(world, { start, checkout: bought.checkout, order: bought.order })
      faults.push(...bought.faults, ...framed.faults)
      const figure = [
        `${bought.violations} violations on host, checkout, payment and order page`,
        `order ${bought.progress}, charged ${bought.charges} ×`,
        `framed ${framed.tries} ways: ${framed.faults.length} shown`,
        `${messagesInAll.toLocaleString('en')} wrong messages each to host, checkout and order page: ${bought.effects} effects`,
      ].join(', ')
      return { figure, faults }
    } finally {
      await world.close()
    }
  },
}
