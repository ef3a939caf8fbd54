import { type FastifyInstance, type FastifyReply, fastify } from 'fastify'
import Type, { type Static } from 'typebox'
import type { Log } from '#chassis/log.ts'
import { BadRequest } from './bad-request.ts'
import { listPage } from './list-page.ts'
import { MessageFiles } from './message-files.ts'
import { messagePage } from './message-page.ts'
import { messagePolicy, pagePolicy } from './policies.ts'
import { readSendEmail } from './read-send-email.ts'
import { style } from './style.ts'

export type MailboxOptions = {
  /** On 127.0.0.1; 0 chooses a free one. */
  readonly port: number
  /** Made when it is missing. */
  readonly dataDir: string
  readonly now?: () => Date
  readonly log: Log
}

export type Mailbox = {
  /** Without a slash at the end. */
  readonly url: string
  readonly close: () => Promise<void>
}

/** SES's limit for a whole message; base64 in JSON makes a third more of it. */
const maxBodyBytes = 54 * 1024 * 1024

const pageSize = 100

/** Takes SES v2's SendEmail, keeps every message as a file and shows them as web pages. Nothing is ever sent on. */
export async function startMailbox(options: MailboxOptions): Promise<Mailbox> {
  const { log, now = () => new Date() } = options
  const files = await MessageFiles.open(options.dataDir)
  const server = fastify({ bodyLimit: maxBodyBytes, forceCloseConnections: true })
  server.addHook('onSend', async (_request, reply) => {
    reply.headers({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
  })
  speakSes(server, files, now, log)
  showPages(server, files)
  const url = await server.listen({ port: options.port, host: '127.0.0.1' })
  return { url, close: () => server.close() }
}

function speakSes(server: FastifyInstance, files: MessageFiles, now: () => Date, log: Log): void {
  // A browser sends JSON across origins only after a preflight, which fails here: no web page can post mail into the box.
  server.removeContentTypeParser('text/plain')
  server.post('/v2/email/outbound-emails', async (request) => {
    const { id, to, cc, bcc } = await files.add(await readSendEmail(request.body), now())
    log.info({ messageId: id, recipients: to.length + cc.length + bcc.length }, 'mail_received')
    return { MessageId: id }
  })
  server.setErrorHandler(async (error, request, reply) => {
    const status = error instanceof BadRequest ? 400 : statusOf(error)
    if (status >= 500) log.error({ err: error, method: request.method }, 'request_failed')
    const message = status >= 500 || !(error instanceof Error) ? 'Internal failure' : error.message
    return refuse(reply, status, status >= 500 ? 'InternalFailure' : 'BadRequestException', message)
  })
  server.setNotFoundHandler(async (request, reply) =>
    refuse(reply, 404, 'NotFoundException', `There is no ${request.method} ${request.url.split('?')[0]} here`),
  )
}

function showPages(server: FastifyInstance, files: MessageFiles): void {
  const paging = Type.Object({
    before: Type.Optional(Type.String({ maxLength: 100 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  })
  const byId = Type.Object({ id: Type.String() })

  server.get<{ Querystring: Static<typeof paging> }>(
    '/',
    { schema: { querystring: paging } },
    async (request, reply) => {
      const messages = await files.list(pageSize + 1, request.query.before)
      const shown = messages.slice(0, pageSize)
      return showPage(reply, listPage(shown, messages.length > pageSize ? shown.at(-1)?.id : undefined), pagePolicy)
    },
  )
  server.get<{ Querystring: Static<typeof paging> }>(
    '/messages.json',
    { schema: { querystring: paging } },
    async (request) => files.list(request.query.limit ?? pageSize, request.query.before),
  )
  server.get<{ Params: Static<typeof byId> }>('/messages/:id', async (request, reply) => {
    const message = await files.get(request.params.id)
    return message ? showPage(reply, messagePage(message), pagePolicy) : reply.callNotFound()
  })
  server.get<{ Params: Static<typeof byId> }>('/messages/:id/html', async (request, reply) => {
    const message = await files.get(request.params.id)
    return message?.html === undefined ? reply.callNotFound() : showPage(reply, message.html, messagePolicy)
  })
  server.get('/mailbox.css', async (_request, reply) => reply.type('text/css; charset=utf-8').send(style))
}

function showPage(reply: FastifyReply, source: string, policy: string): FastifyReply {
  return reply.header('content-security-policy', policy).type('text/html; charset=utf-8').send(source)
}

/** The SDK takes the error's name from the header. */
function refuse(reply: FastifyReply, status: number, name: string, message: string): FastifyReply {
  return reply.code(status).header('x-amzn-errortype', name).send({ message })
}

/** Fastify's own refusals (malformed JSON, another media type, too large) are the sender's fault, as SES sees it. */
function statusOf(error: unknown): number {
  const isClientFault = error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500
  return isClientFault ? 400 : 500
}
