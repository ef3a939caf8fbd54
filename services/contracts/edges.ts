/** The architecture as data: who hands what to whom. Change it first; code, infra and README follow, and tests hold them equal. */
export type Edge = {
  readonly name: string
  readonly from: string
  readonly to: string
  readonly carrier: 'https' | 'sqs' | 's3' | 'data-api' | 'folder'
  /** The file in services/contracts that says what crosses. */
  readonly contract: string
  /** The folder that owns the carrier: a queue belongs to its reader. */
  readonly owner: string
}

export const edges: readonly Edge[] = [
  {
    name: 'order',
    from: 'integrator',
    to: 'order-api',
    carrier: 'https',
    contract: 'order-api/order.ts',
    owner: 'order-api',
  },
  {
    name: 'upload',
    from: 'integrator',
    to: 'sources',
    carrier: 's3',
    contract: 'order-api/file.ts',
    owner: 'order-api',
  },
  {
    name: 'truth',
    from: 'order-api',
    to: 'database',
    carrier: 'data-api',
    contract: 'order-states.ts',
    owner: 'order-api',
  },
  {
    name: 'process ticket',
    from: 'order-api',
    to: 'processor',
    carrier: 'sqs',
    contract: 'messages/process-ticket.ts',
    owner: 'processor',
  },
  {
    name: 'sources',
    from: 'sources',
    to: 'processor',
    carrier: 's3',
    contract: 'messages/process-ticket.ts',
    owner: 'order-api',
  },
  {
    name: 'print files',
    from: 'processor',
    to: 'print-files',
    carrier: 's3',
    contract: 'messages/process-report.ts',
    owner: 'processor',
  },
  {
    name: 'process report',
    from: 'processor',
    to: 'order-api',
    carrier: 'sqs',
    contract: 'messages/process-report.ts',
    owner: 'order-api',
  },
  {
    name: 'production ticket',
    from: 'order-api',
    to: 'print-client',
    carrier: 'sqs',
    contract: 'messages/production-ticket.ts',
    owner: 'print-client',
  },
  {
    name: 'cancel ticket',
    from: 'order-api',
    to: 'print-client',
    carrier: 'sqs',
    contract: 'messages/cancel-ticket.ts',
    owner: 'print-client',
  },
  {
    name: 'files',
    from: 'print-files',
    to: 'print-client',
    carrier: 's3',
    contract: 'messages/production-ticket.ts',
    owner: 'processor',
  },
  {
    name: 'claim',
    from: 'print-client',
    to: 'print-files',
    carrier: 's3',
    contract: 'messages/production-ticket.ts',
    owner: 'print-client',
  },
  {
    name: 'job folder',
    from: 'print-client',
    to: 'hot folder',
    carrier: 'folder',
    contract: 'messages/production-ticket.ts',
    owner: 'print-client',
  },
  {
    name: 'preflight',
    from: 'integrator',
    to: 'order-api',
    carrier: 'https',
    contract: 'order-api/preflight.ts',
    owner: 'order-api',
  },
  {
    name: 'preflight ticket',
    from: 'order-api',
    to: 'processor',
    carrier: 'sqs',
    contract: 'messages/preflight-ticket.ts',
    owner: 'processor',
  },
  {
    name: 'preflight result',
    from: 'processor',
    to: 'order-api',
    carrier: 'sqs',
    contract: 'messages/preflight-result.ts',
    owner: 'order-api',
  },
  {
    name: 'facility status',
    from: 'print-client',
    to: 'order-api',
    carrier: 'sqs',
    contract: 'messages/facility-status.ts',
    owner: 'order-api',
  },
  {
    name: 'webhook',
    from: 'order-api',
    to: 'integrator',
    carrier: 'https',
    contract: 'order-api/webhook.ts',
    owner: 'order-api',
  },
]
