import type { FastifyInstance } from 'fastify'
import type { ButtonCheckoutEnvironment } from '#contracts/environment.ts'

type Config = Pick<ButtonCheckoutEnvironment, 'CDN_URL' | 'CHECKOUT_URL' | 'STRIPE_URL'>

/** Where forms may lead besides: Stripe's own page, or what stands for it. */
const stripePage = 'https://checkout.stripe.com'
const aYearSeconds = 365 * 86_400

/**
 * What every answer says. No `Cross-Origin-Opener-Policy`: anything but its default cuts the page off from the shop that opened it, which is
 * told when something was ordered; that shop can neither read nor frame it.
 */
export function securityHeaders({ CDN_URL, CHECKOUT_URL, STRIPE_URL }: Config): Readonly<Record<string, string>> {
  const paymentPage = STRIPE_URL === '' ? stripePage : new URL(STRIPE_URL).origin
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' ${new URL(CDN_URL).origin} blob: data:`,
    "font-src 'self'",
    "connect-src 'self'",
    `form-action 'self' ${paymentPage}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
  ]
  return {
    'content-security-policy': policy.join('; '),
    'x-frame-options': 'DENY',
    'x-content-type-options': 'nosniff',
    // Addresses of checkouts and orders are secrets: no page that is linked to, or pays, hears of them.
    'referrer-policy': 'no-referrer',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex',
    ...(CHECKOUT_URL.startsWith('https:') ? { 'strict-transport-security': `max-age=${aYearSeconds}` } : {}),
  }
}

export function addSecurityHeaders(app: FastifyInstance, config: Config): void {
  const headers = securityHeaders(config)
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers)
    done()
  })
}
