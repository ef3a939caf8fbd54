import type { FastifyInstance, FastifyReply } from 'fastify'
import { listPage } from './list-page.ts'
import { overPage, payPage, payStyle } from './pay-page.ts'
import { actOn } from './paying.ts'
import type { Session } from './records.ts'
import { sessionIn } from './sessions.ts'
import type { World } from './world.ts'

const deeds = ['pay', 'refuse', 'later_paid', 'later_failed'] as const

/** What one may see of the list. */
const listPolicy = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'"

/** The hosted payment page: GET shows it, POST is what the visitor chose. A session that is over leads on, or says so. `/` lists them. */
export function showPayPages(server: FastifyInstance, world: World, afterwards: () => void): void {
  const find = (id: string): Session => sessionIn(world, id.startsWith('cs_live_'), id)
  server.get('/c/style.css', async (_request, reply) => reply.type('text/css; charset=utf-8').send(payStyle))
  server.get('/', async (_request, reply) =>
    reply
      .headers({ 'content-security-policy': listPolicy, 'cache-control': 'no-store' })
      .type('text/html; charset=utf-8')
      .send(listPage(world.journal)),
  )
  server.get<{ Params: { id: string }; Querystring: { refused?: string } }>('/c/pay/:id', async (request, reply) => {
    const session = find(request.params.id)
    if (session.status === 'complete') return reply.redirect(successOf(session), 303)
    if (session.status === 'expired') return show(reply, session, overPage())
    return show(reply, session, payPage(session, request.query.refused === '1'))
  })
  server.post<{ Params: { id: string } }>('/c/pay/:id', async (request, reply) => {
    const session = find(request.params.id)
    const chosen = new URLSearchParams(String(request.body ?? '')).get('deed')
    if (chosen === 'back' && session.cancel_url !== null) return reply.redirect(session.cancel_url, 303)
    const deed = deeds.find((known) => known === chosen)
    if (deed === undefined || session.status === 'expired') return reply.redirect(`/c/pay/${session.id}`, 303)
    if (deed === 'refuse') return reply.redirect(`/c/pay/${session.id}?refused=1`, 303)
    const done = actOn(world, session, deed)
    await world.journal.settled()
    // The visitor is sent on at once: the webhook may come before or after.
    afterwards()
    return reply.redirect(successOf(done), 303)
  })
}

const successOf = ({ success_url, id }: Session): string => success_url.replace('{CHECKOUT_SESSION_ID}', id)

function show(reply: FastifyReply, { success_url, cancel_url }: Session, page: string): FastifyReply {
  // Browsers hold the redirect after a form against form-action too.
  const targets = [success_url, cancel_url ?? success_url].map((address) => new URL(address).origin)
  const policy = `default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'; form-action 'self' ${[...new Set(targets)].join(' ')}`
  return reply
    .headers({
      'content-security-policy': policy,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    .type('text/html; charset=utf-8')
    .send(page)
}
