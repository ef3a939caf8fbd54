import type { OperationWords } from './example.ts'

/** Events, webhooks, money, and the account itself. */
export const accountWords: Readonly<Record<string, OperationWords>> = {
  'GET /v1/events': {
    description:
      'Oldest first, above `after`. The numbers have no gaps and never change their order: keep `next` and ask with it again. There is nothing that a webhook says and this does not.',
  },
  'GET /v1/webhooks': { description: 'All endpoints of the world of the key.' },
  'POST /v1/webhooks': {
    description:
      'The answer shows `secret` this once; it verifies signatures by Standard Webhooks. Addresses must be https on the public internet.',
    problems: ['webhook_target_forbidden', 'webhook_limit_reached'],
  },
  'GET /v1/webhooks/{id}': { description: 'One endpoint, whether it is enabled, and if not, why.' },
  'PATCH /v1/webhooks/{id}': {
    description: 'What is left out stays. `enabled: true` also sends what waited while it was disabled.',
    problems: ['webhook_target_forbidden'],
  },
  'DELETE /v1/webhooks/{id}': { description: 'Nothing more is sent to it. Events stay readable at `GET /v1/events`.' },
  'POST /v1/webhooks/{id}/rotate_secret': {
    description: 'For 24 hours both secrets sign each message, so that nothing is lost while you change over.',
  },
  'POST /v1/webhooks/{id}/test': { description: 'Sends an event of the type `webhook.test` to this endpoint.' },
  'GET /v1/webhooks/{id}/deliveries': {
    description: 'What was sent or is still to be sent, newest first, with each attempt and what was answered.',
  },
  'POST /v1/webhooks/{id}/deliveries/{delivery}/redeliver': {
    description: 'Sends it again, with the same `webhook-id`, whether or not it had arrived.',
  },
  'GET /v1/ledger/balances': { description: 'What is left in each currency, and how far below zero it may go.' },
  'GET /v1/ledger/entries': {
    description: 'Double entry: the amounts of one `transaction_id` add up to zero. Newest first.',
  },
  'POST /v1/ledger/deposits': {
    description: 'Pays test money into a test balance. Live balances are paid in by the operator.',
  },
  'GET /v1/account': { description: 'The account of the key. Both worlds share it.' },
  'PATCH /v1/account': { description: 'What is left out stays. It holds for orders that are placed from then on.' },
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
  'POST /v1/api_keys': {
    description:
      'The answer shows `secret` this once; only its hash is kept. To replace a key, make a second one of the same name, change over, and revoke the first.',
    problems: ['key_limit_reached'],
  },
  'DELETE /v1/api_keys/{id}': {
    description:
      'It stops working within half a minute, everywhere, for ever. A world keeps one key that can make keys.',
    problems: ['last_key'],
  },
}
