import { exampleEnrolment } from '../facility-enrolment.ts'
import type { Example } from './example.ts'

export const accountExamples: readonly Example[] = [
  {
    operation: 'POST /v1/ledger/deposits',
    title: 'Test money',
    headers: { 'idempotency-key': 'deposit-1' },
    body: { amount: 10_000, currency: 'EUR' },
  },
  {
    operation: 'POST /v1/facility-enrolments',
    title: 'The machine in the press room',
    body: exampleEnrolment,
    after: 'enrolment_code_made',
  },
  { operation: 'GET /v1/ledger/balances', title: 'In each currency' },
  { operation: 'GET /v1/ledger/entries', title: 'The newest two', query: { limit: '2' } },
  { operation: 'GET /v1/account', title: 'The account' },
  { operation: 'PATCH /v1/account', title: 'An hour of grace', body: { grace_minutes: 60 }, isLive: true },
  {
    operation: 'POST /v1/members',
    title: 'A developer',
    isLive: true,
    body: { email: 'grace@example.com', name: 'Grace Hopper', role: 'developer' },
    keeps: { member: '/id' },
  },
  { operation: 'GET /v1/members', title: 'All members' },
  {
    operation: 'PATCH /v1/members/{id}',
    title: 'Another role',
    isLive: true,
    path: { id: '$member' },
    body: { role: 'admin' },
  },
  { operation: 'DELETE /v1/members/{id}', title: 'Gone', isLive: true, path: { id: '$member' } },
  {
    operation: 'POST /v1/api_keys',
    title: 'A key that can only read',
    body: { name: 'reporting', scopes: ['orders:read', 'events:read'] },
    keeps: { key: '/id' },
  },
  { operation: 'GET /v1/api_keys', title: 'All keys', query: { limit: '2' } },
  { operation: 'DELETE /v1/api_keys/{id}', title: 'Revoked at once', path: { id: '$key' } },
]
