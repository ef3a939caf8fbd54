import type { Source } from '#contracts/messages/process-ticket.ts'

/** How findings name a source: its role, with its place where the role is a list (`images/3`, from 1). */
export const labelOf = ({ role, position }: Pick<Source, 'role' | 'position'>): string =>
  role === 'images' ? `images/${position + 1}` : role
