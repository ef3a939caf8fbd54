import type { OperationWords } from './example.ts'

/** What publishers show and sell. */
export const publicationWords: Readonly<Record<string, OperationWords>> = {
  'POST /v1/publications': { needsIdempotencyKey: true },
  'GET /v1/publications': { description: 'Newest first, of the world of the key, each with its newest version.' },
  'GET /v1/publications/{id}': {
    description: 'The newest version, drafts included; `published_version` is the one that visitors see.',
  },
  'PATCH /v1/publications/{id}': { problems: ['version_conflict'] },
  'DELETE /v1/publications/{id}': {
    description:
      'Its document goes away within seconds, and so does its preview. Buttons on pages show nothing then. It cannot be brought back.',
  },
  'POST /v1/publications/{id}/undo': { problems: ['version_conflict', 'action_not_allowed'] },
  'GET /v1/publications/{id}/versions': {
    description: 'Every save with its fields, what differs from the one before, when it was, and by which key.',
  },
  'GET /v1/publications/{id}/versions/{version}': {
    description: 'A version never changes. `is_published` says whether visitors see it.',
  },
}
