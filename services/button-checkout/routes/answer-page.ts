import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refused, Transient } from '#chassis/errors.ts'
import { problemCodes } from '#contracts/problem-codes.ts'
import type { CheckoutContext } from './context.ts'
import { type MessageKind, messagePage } from './html.ts'
import { readStart } from './read-start.ts'
import { wantedLanguage } from './wanted-language.ts'

const kinds: Readonly<Record<string, MessageKind>> = {
  not_found: 'notFound',
  invalid_request: 'refused',
  sale_closed: 'closed',
}

/** What goes wrong on a page is told to people, in their language; only faults of ours are logged. */
export function answerAsPages(pages: FastifyInstance, { assets }: Pick<CheckoutContext, 'assets'>): void {
  pages.setErrorHandler((error, request, reply) => {
    const status = statusOf(error)
    if (status >= 500) request.log.error({ err: error, requestId: request.id }, 'request_failed')
    if (error instanceof Transient) reply.header('retry-after', String(error.retryAfterSeconds))
    const kind = error instanceof Refused ? (kinds[error.code] ?? 'offline') : 'offline'
    const page = messagePage({ kind, language: languageOfPage(request), assets })
    return reply.code(status).type('text/html; charset=utf-8').send(page)
  })
}

function statusOf(error: unknown): number {
  if (error instanceof Transient) return problemCodes.unavailable.status
  const codes: Readonly<Record<string, { readonly status: number }>> = problemCodes
  return (error instanceof Refused ? codes[error.code]?.status : undefined) ?? problemCodes.internal_error.status
}

const languageOfPage = (request: FastifyRequest): string => wantedLanguage(readStart(request.query).lang, request)
