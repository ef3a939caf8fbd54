import { exampleDesignedOrder, exampleOrder } from '../order-request.ts'
import { exampleSimulation } from '../routing-simulation.ts'
import type { Example } from './example.ts'

const { recipient, shipping_method } = exampleOrder
const filesLater = { recipient, shipping_method, items: [{ sku: 'canvas-60x90', quantity: 1, files_later: true }] }
const draft = { ...exampleOrder, reference: 'A-1004', draft: true }
const itemPath = { id: '$order', item: '$item' }

export const orderExamples: readonly Example[] = [
  {
    operation: 'POST /v1/orders',
    title: 'A poster',
    headers: { 'idempotency-key': 'order-A-1001' },
    body: exampleOrder,
    keeps: { order: '/id', item: '/items/0/id' },
  },
  {
    operation: 'POST /v1/orders',
    title: 'A paperback with a cover that we draw, and cards',
    headers: { 'idempotency-key': 'order-A-1002' },
    body: exampleDesignedOrder,
    keeps: { designed: '/id' },
  },
  {
    operation: 'POST /v1/orders',
    title: 'Order now, file later',
    headers: { 'idempotency-key': 'order-A-1003' },
    body: filesLater,
    keeps: { waiting: '/id', waiting_item: '/items/0/id' },
  },
  {
    operation: 'POST /v1/orders',
    title: 'A draft',
    headers: { 'idempotency-key': 'order-A-1004' },
    body: draft,
    keeps: { draft: '/id' },
  },
  { operation: 'GET /v1/orders/{id}', title: 'As it is now', path: { id: '$order' } },
  { operation: 'GET /v1/orders', title: 'The newest two', query: { limit: '2' } },
  { operation: 'GET /v1/orders/{id}/routing', title: 'Why it is made there', path: { id: '$order' } },
  {
    operation: 'POST /v1/routing/simulate',
    title: 'Had the price counted most',
    body: exampleSimulation,
  },
  { operation: 'GET /v1/orders/{id}/actions', title: 'What can still be done', path: { id: '$order' } },
  {
    operation: 'PATCH /v1/orders/{id}',
    title: 'Another address',
    path: { id: '$designed' },
    body: { recipient: { ...recipient, address: { ...recipient.address, line1: 'Oudegracht 2' } } },
  },
  { operation: 'POST /v1/orders/{id}/hold', title: 'Wait', path: { id: '$designed' } },
  { operation: 'POST /v1/orders/{id}/release', title: 'Go on', path: { id: '$designed' } },
  { operation: 'POST /v1/orders/{id}/cancel', title: 'Before it is released', path: { id: '$designed' } },
  { operation: 'POST /v1/orders/{id}/confirm', title: 'A draft becomes an order', path: { id: '$draft' } },
  {
    operation: 'PUT /v1/orders/{id}/items/{item}/files',
    title: 'The file that was to come later',
    path: { id: '$waiting', item: '$waiting_item' },
    body: { image: 'https://example.com/canvas.jpg' },
  },
  {
    operation: 'GET /v1/orders/{id}/items/{item}/print-file',
    title: 'What goes to the press',
    path: itemPath,
    query: { component: 'sheet' },
    after: 'files_made',
  },
  {
    operation: 'GET /v1/orders/{id}/items/{item}/preview',
    title: 'The first page',
    path: itemPath,
    query: { page: '1' },
  },
  { operation: 'GET /v1/orders/{id}/items/{item}/preflight-report', title: 'All findings', path: itemPath },
  { operation: 'GET /v1/orders/{id}/items/{item}/receipt', title: 'How it was made', path: itemPath },
  {
    operation: 'POST /v1/orders/{id}/reprints',
    title: 'One copy again, at the expense of the facility',
    path: { id: '$order' },
    headers: { 'idempotency-key': 'reprint-A-1001' },
    body: { items: [{ item_id: '$item', quantity: 1 }], reason: 'It arrived with a torn corner', fault: 'facility' },
    after: 'shipped',
  },
  { operation: 'GET /v1/sales', title: 'Nothing was sold yet', isCheckout: true },
  { operation: 'GET /v1/orders/{id}/events', title: 'From order to parcel', path: { id: '$order' } },
]
