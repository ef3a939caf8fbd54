import { accountExamples } from './account.ts'
import { catalogueExamples } from './catalogue.ts'
import type { Example } from './example.ts'
import { orderExamples } from './orders.ts'
import { preparationExamples } from './preparation.ts'
import { publicationExamples } from './publications.ts'
import { webhookExamples } from './webhooks.ts'

/** Every example, in the order in which they are sent. */
export const examples: readonly Example[] = [
  ...catalogueExamples,
  ...preparationExamples,
  ...webhookExamples,
  ...orderExamples,
  ...publicationExamples,
  ...accountExamples,
]
