import { examplePublication } from '../publication.ts'
import type { Example } from './example.ts'

const path = { id: '$publication' }

/** From a draft to what visitors see, and back. */
export const publicationExamples: readonly Example[] = [
  {
    operation: 'POST /v1/publications',
    title: 'A magazine, as a draft',
    body: examplePublication,
    keeps: { publication: '/id' },
  },
  { operation: 'GET /v1/publications', title: 'The newest two', query: { limit: '2' } },
  { operation: 'GET /v1/publications/{id}', title: 'One publication', path },
  { operation: 'POST /v1/publications/{id}/publish', title: 'For everyone', path },
  {
    operation: 'PATCH /v1/publications/{id}',
    title: 'A cover of its own, when nobody changed it since',
    path,
    body: {
      thumbnail: {
        url: 'https://example.com/harbour-lights-12-cover.jpg',
        edit: { rotate: 90, crop: { x: 0.1, y: 0, width: 0.8, height: 1 } },
      },
      version: 1,
    },
  },
  {
    operation: 'PATCH /v1/publications/{id}',
    title: 'Texts taken away, seen at once',
    path,
    body: { texts: null, publish: true },
  },
  { operation: 'POST /v1/publications/{id}/undo', title: 'Texts are back', path, body: { version: 3 } },
  { operation: 'POST /v1/publications/{id}/publish', title: 'An earlier version', path, body: { version: 1 } },
  { operation: 'GET /v1/publications/{id}/versions', title: 'All versions', path, query: { limit: '2' } },
  {
    operation: 'GET /v1/publications/{id}/versions/{version}',
    title: 'As it was at first',
    path: { ...path, version: '1' },
  },
  {
    operation: 'POST /v1/publications',
    title: 'What pages name themselves, published at once',
    body: {
      title: 'Prints of our photos',
      content: { kind: 'page', origins: ['https://example.com'] },
      offers: [{ sku: 'poster-a3' }],
      currency: 'EUR',
      publish: true,
    },
    keeps: { named: '/id' },
  },
  { operation: 'PUT /v1/button', title: 'For buttons that name only your key', body: { publication: '$named' } },
  { operation: 'GET /v1/button', title: 'The chosen one' },
  { operation: 'DELETE /v1/button', title: 'None' },
  { operation: 'DELETE /v1/publications/{id}', title: 'Gone', path },
]
