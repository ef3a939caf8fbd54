import { Refused } from '#chassis/errors.ts'
import { ForbiddenAddress } from '#chassis/http/address-guard.ts'
import { type AddressRules, callableAddresses } from '#chassis/http/guarded-agent.ts'

const lookupWithinMilliseconds = 5_000

/**
 * The address as it is stored, when webhooks may go there. Throws Refused `webhook_target_forbidden`. The same rules are applied at
 * every delivery: this only tells the caller in time.
 */
export async function wantTarget(text: string, rules: AddressRules): Promise<string> {
  const url = URL.parse(text)
  if (!url) throw forbidden('something that is not an address')
  try {
    await Promise.race([callableAddresses(url, rules), tooLong()])
  } catch (error) {
    if (error instanceof ForbiddenAddress) throw forbidden(error.message, error)
    // What the resolver throws has a code; everything else is a fault of ours.
    if (!(error instanceof Error && 'code' in error)) throw error
    throw forbidden(`a host name that could not be looked up (${String(error.code)})`, error)
  }
  return url.href
}

async function tooLong(): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>()
  setTimeout(
    () => reject(new ForbiddenAddress('a host name that could not be looked up in time')),
    lookupWithinMilliseconds,
  ).unref()
  return await promise
}

function forbidden(found: string, cause?: Error): Refused {
  const detail = `it is ${found}; give a public https address on port 443, without a login in it`
  return new Refused(
    'webhook_target_forbidden',
    `Webhooks may not go there: ${detail}. Locally: npm start -- --allow-webhook http://host:port`,
    [{ pointer: '/url', detail }],
    { cause },
  )
}
