import { type AddressRules, originsOf } from '#chassis/http/guarded-agent.ts'
import { createResolveAll } from '#chassis/http/resolve-all.ts'
import type { OrderWorkerEnvironment } from '#contracts/environment.ts'

/** Where webhooks may go: the same where they are registered and where they are sent. */
export const webhookRulesOf = ({
  ALLOWED_WEBHOOK_ORIGINS,
}: Pick<OrderWorkerEnvironment, 'ALLOWED_WEBHOOK_ORIGINS'>): AddressRules => ({
  allowedOrigins: originsOf(ALLOWED_WEBHOOK_ORIGINS),
  lookup: createResolveAll(),
})
