import type { PageDesign } from './design.ts'

/** How many pages an entry takes. */
export const pagesOfTemplate = ({ template }: Pick<PageDesign, 'template'>): number => (template === 'spread' ? 2 : 1)
