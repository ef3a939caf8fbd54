import type { OperationWords } from './example.ts'

/** Events, webhooks, money, and the account itself. */
export const accountWords: Readonly<Record<string, OperationWords>> = {
  'GET /v1/webhooks': { description: 'All endpoints of the world of the key.' },
  'POST /v1/webhooks': { problems: ['webhook_target_forbidden', 'webhook_limit_reached'] },
  'GET /v1/webhooks/{id}': { description: 'One endpoint, whether it is enabled, and if not, why.' },
  'PATCH /v1/webhooks/{id}': {
    description: 'What is left out stays. `enabled: true` also sends what waited while it was disabled.',
    problems: ['webhook_target_forbidden'],
  },
  'DELETE /v1/webhooks/{id}': { description: 'Nothing more is sent to it. Events stay readable at `GET /v1/events`.' },
  'POST /v1/webhooks/{id}/rotate_secret': { problems: ['action_not_allowed'] },
  'POST /v1/webhooks/{id}/test': { problems: ['action_not_allowed'] },
  'GET /v1/webhooks/{id}/deliveries': {
    description: 'What was sent or is still to be sent, newest first, with each attempt and what was answered.',
  },
  'POST /v1/facility-enrolments': { problems: ['enrolment_refused', 'rate_limited'] },
  'GET /v1/ledger/balances': { description: 'What is left in each currency, and how far below zero it may go.' },
  'GET /v1/ledger/entries': {
    description: 'Double entry: the amounts of one `transaction_id` add up to zero. Newest first.',
  },
  'POST /v1/ledger/deposits': { needsIdempotencyKey: true },
  'GET /v1/account': { description: 'The account of the key. Both worlds share it.' },
  'GET /v1/members': { description: 'Who may act for the account, newest first.' },
  'POST /v1/members': { description: 'Adds somebody with a role.' },
  'PATCH /v1/members/{id}': {
    description: 'What is left out stays. An account keeps at least one owner.',
    problems: ['last_owner'],
  },
  'DELETE /v1/members/{id}': { description: 'An account keeps at least one owner.', problems: ['last_owner'] },
  'GET /v1/api_keys': {
    description: 'The keys of the world of the key that asks, without their secrets. Newest first.',
  },
  'POST /v1/api_keys': { problems: ['key_limit_reached'] },
  'DELETE /v1/api_keys/{id}': { problems: ['last_key'] },
}
