import type { FastifyRequest } from 'fastify'
import { localeOf } from '#look/words.ts'

const form = /^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/

/** The language that was said for sure, else the one that the browser prefers, as far as we speak it. */
export function wantedLanguage(said: string | undefined, { headers }: Pick<FastifyRequest, 'headers'>): string {
  const preferred = (headers['accept-language'] ?? '').slice(0, 100).split(',')[0]?.split(';')[0]?.trim()
  const wish = [said, preferred].find((each) => each !== undefined && form.test(each))
  return localeOf(wish)
}
