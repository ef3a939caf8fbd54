import { exampleWebhook } from '../webhook.ts'
import type { Example } from './example.ts'

export const webhookExamples: readonly Example[] = [
  {
    operation: 'POST /v1/webhooks',
    title: 'What an order desk wants to know',
    body: exampleWebhook,
    keeps: { webhook: '/id' },
  },
  { operation: 'GET /v1/webhooks', title: 'All endpoints' },
  { operation: 'GET /v1/webhooks/{id}', title: 'One endpoint', path: { id: '$webhook' } },
  {
    operation: 'PATCH /v1/webhooks/{id}',
    title: 'From now on everything',
    path: { id: '$webhook' },
    body: { event_types: ['*'] },
  },
  { operation: 'POST /v1/webhooks/{id}/rotate_secret', title: 'A new secret', path: { id: '$webhook' } },
  {
    operation: 'POST /v1/webhooks/{id}/test',
    title: 'An event to try with',
    path: { id: '$webhook' },
    keeps: { delivery: '/delivery_id' },
  },
  {
    operation: 'GET /v1/webhooks/{id}/deliveries',
    title: 'What was sent',
    path: { id: '$webhook' },
    after: 'events_numbered',
  },
  {
    operation: 'POST /v1/webhooks/{id}/deliveries/{delivery}/redeliver',
    title: 'Once more',
    path: { id: '$webhook', delivery: '$delivery' },
  },
  { operation: 'DELETE /v1/webhooks/{id}', title: 'No more', path: { id: '$webhook' } },
  { operation: 'GET /v1/events', title: 'From the beginning', query: { after: '0', limit: '2' } },
]
