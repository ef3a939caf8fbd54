import { type Static, Type } from 'typebox'

/** What each service reads from its environment. infra and local compile against these; `readConfig` checks them at start. */
const text = (description: string) => Type.String({ minLength: 1, description })
const port = Type.Integer({
  minimum: 1,
  maximum: 65_535,
  description: 'port on 127.0.0.1 (or the instance) to listen on',
})
const logLevel = Type.Enum(['trace', 'debug', 'info', 'warn', 'error'], {
  default: 'info',
  description: 'least level to log',
})

const database = {
  DATABASE_RESOURCE_ARN: text('ARN of the Aurora cluster'),
  DATABASE_SECRET_ARN: text('ARN of the secret with the database login'),
  DATABASE_NAME: text('database name'),
}
const buckets = {
  SOURCES_BUCKET: text('bucket of what customers upload'),
  PRINT_FILES_BUCKET: text('bucket of print files, previews, reports and claims'),
}
const queues = {
  PROCESS_QUEUE_URL: text('URL of the queue that processors read'),
  STATUS_QUEUE_URL: text('URL of the queue that order-api reads'),
}

const masterKeys = text(
  'keys of 32 bytes in base64, newest first, with commas between: they sign quotes and seal the secrets of webhooks',
)

const allowedWebhookOrigins = Type.String({
  default: '',
  description: 'comma-separated origins exempt from the guard on addresses of webhooks; empty outside a laptop',
})

const allowedSourceOrigins = Type.String({
  default: '',
  description: 'comma-separated origins exempt from the guard on source addresses; empty outside a laptop',
})

const documents = {
  DOCUMENTS_BUCKET: text('bucket of published documents, in this region'),
  STANDBY_DOCUMENTS_BUCKET: Type.String({
    default: '',
    description: 'bucket in another region that gets every document as well; none without it',
  }),
  STANDBY_REGION: Type.String({ default: '', description: 'region of the standby bucket; this one without it' }),
  STANDBY_ENDPOINT_URL_S3: Type.String({
    default: '',
    description: 'address of the standby’s S3 where it is not AWS',
  }),
}
const cdnUrl = text('address of the CDN as visitors see it, without a slash at the end')

const patience = Type.Number({
  exclusiveMinimum: 0,
  default: 30,
  description: 'seconds until a ticket that nobody answered is rung again; doubled after each ring',
})

const facilityKeysFolder = Type.String({
  default: '',
  description: 'folder for the access keys of facilities on a platform of one machine; IAM keeps them elsewhere',
})

export const rateWindowSeconds = 10
const quota = (what: string, value: number) =>
  Type.Integer({
    minimum: 1,
    default: value,
    description: `${what} that one key may send this process in ${rateWindowSeconds} seconds`,
  })

export const OrderApiEnvironment = Type.Object({
  ...database,
  ...buckets,
  LISTEN_HOST: Type.String({
    default: '127.0.0.1',
    description: 'address to listen on; 0.0.0.0 behind a load balancer',
  }),
  LISTEN_PORT: port,
  PUBLIC_URL: text('address of the API as callers see it, without a slash at the end'),
  CDN_URL: cdnUrl,
  CHECKOUT_URL: Type.String({
    default: '',
    description: 'address of the checkout as visitors see it: then what is embedded works without scripts too',
  }),
  MASTER_KEYS: masterKeys,
  ALLOWED_WEBHOOK_ORIGINS: allowedWebhookOrigins,
  ALLOWED_SOURCE_ORIGINS: allowedSourceOrigins,
  PROCESS_QUEUE_URL: queues.PROCESS_QUEUE_URL,
  STATUS_QUEUE_URL: queues.STATUS_QUEUE_URL,
  FACILITY_QUEUE_URL_PREFIX: text('URL of a facility queue up to the facility id'),
  FACILITY_KEYS_FOLDER: facilityKeysFolder,
  AWS_ENDPOINT_URL_S3: Type.String({
    default: '',
    description: 'address of S3 where it is not that of AWS: enrolled print clients are told it',
  }),
  AWS_ENDPOINT_URL_SQS: Type.String({ default: '', description: 'the same of SQS' }),
  TRUSTED_PROXIES: Type.Integer({
    minimum: 0,
    default: 1,
    description: 'how many proxies of ours add to X-Forwarded-For: who enrols is counted from its end',
  }),
  SHARED_CACHE_URL: Type.Optional(
    Type.String({
      pattern: '^rediss?://',
      description:
        'redis:// or rediss:// address of a Redis or Valkey that processes share as a cache; none without it',
    }),
  ),
  TICKET_PATIENCE_SECONDS: patience,
  READS_OF_A_KEY: quota('reads', 2000),
  WRITES_OF_A_KEY: quota('writes', 1000),
  REQUESTS_AT_ONCE: Type.Integer({
    minimum: 1,
    default: 64,
    description: 'requests at work at once; those above it get 503 overloaded at once',
  }),
  EVENT_LOOP_DELAY_MILLISECONDS: Type.Integer({
    minimum: 10,
    default: 1000,
    description: 'how late timers of the process may be before it takes no more requests',
  }),
  LOG_LEVEL: logLevel,
})
export type OrderApiEnvironment = Static<typeof OrderApiEnvironment>

export const OrderWorkerEnvironment = Type.Object({
  ...database,
  ...queues,
  ...buckets,
  FACILITY_QUEUE_URL_PREFIX: text('URL of a facility queue up to the facility id'),
  STATUS_TRUSTED_SENDERS: Type.String({
    default: '',
    description:
      'comma-separated ids (AIDA…, AROA…) of senders of the status queue who are believed whichever facility they speak for; none without it',
  }),
  FACILITY_KEYS_FOLDER: facilityKeysFolder,
  TICKET_PATIENCE_SECONDS: patience,
  MASTER_KEYS: masterKeys,
  ALLOWED_WEBHOOK_ORIGINS: allowedWebhookOrigins,
  ...documents,
  CDN_DISTRIBUTION_ID: Type.String({
    default: '',
    description: 'CloudFront distribution in front of the documents; none without it',
  }),
  PURGE_URLS: Type.String({
    default: '',
    description: 'comma-separated addresses that take PURGE with the tags in xkey-purge: Varnish, the local front door',
  }),
  SWEEP_SECONDS: Type.Number({
    exclusiveMinimum: 0,
    default: 5,
    description: 'pause between two looks for unanswered tickets',
  }),
  LOG_LEVEL: logLevel,
})
export type OrderWorkerEnvironment = Static<typeof OrderWorkerEnvironment>

export const ProcessorEnvironment = Type.Object({
  ...queues,
  ...buckets,
  DOCUMENTS_BUCKET: documents.DOCUMENTS_BUCKET,
  STANDBY_DOCUMENTS_BUCKET: documents.STANDBY_DOCUMENTS_BUCKET,
  STANDBY_REGION: documents.STANDBY_REGION,
  STANDBY_ENDPOINT_URL_S3: documents.STANDBY_ENDPOINT_URL_S3,
  WORK_DIR: text('folder for job folders; emptied at start'),
  CONCURRENCY: Type.Integer({ minimum: 1, maximum: 16, default: 2, description: 'jobs in hand at once' }),
  ALLOWED_SOURCE_ORIGINS: allowedSourceOrigins,
  LOG_LEVEL: logLevel,
})
export type ProcessorEnvironment = Static<typeof ProcessorEnvironment>

const checkout = {
  CHECKOUT_TABLE: text('DynamoDB table of checkouts'),
  ORDER_API_URL: text('address of the order API, without a slash at the end'),
  ORDER_API_LIVE_KEY: text('key of the platform’s checkout account with the scope checkout:act, live world'),
  ORDER_API_TEST_KEY: text('the same for the test world'),
  CDN_URL: cdnUrl,
  CHECKOUT_URL: text('address of the checkout as visitors see it, without a slash at the end'),
  MASTER_KEYS: masterKeys,
  STRIPE_LIVE_KEY: Type.String({
    default: '',
    description: 'secret key of Stripe; live checkouts are closed without it',
  }),
  STRIPE_TEST_KEY: Type.String({ default: '', description: 'the same of Stripe’s test mode' }),
  STRIPE_WEBHOOK_SECRETS: Type.String({
    default: '',
    description: 'comma-separated signing secrets (whsec_…) of the webhook endpoints, live and test, old and new',
  }),
  STRIPE_URL: Type.String({ default: '', description: 'address of what stands for Stripe; Stripe itself without it' }),
  MAIL_FROM: text('sender of mails, such as Printcloud <orders@example.com>'),
  SELLER: text('who sells, as on invoices: JSON with name, lines (address), country, vat_id, email'),
} as const

export const ButtonCheckoutEnvironment = Type.Object({
  ...checkout,
  LISTEN_HOST: Type.String({
    default: '127.0.0.1',
    description: 'address to listen on; 0.0.0.0 behind a load balancer',
  }),
  LISTEN_PORT: port,
  PAGES_DIR: text('folder with what the pages load, as npm run build:pages makes it'),
  TRUSTED_PROXIES: Type.Integer({
    minimum: 0,
    default: 1,
    description: 'how many proxies of ours add to X-Forwarded-For: who calls is counted from its end',
  }),
  REQUESTS_OF_AN_ADDRESS: quota('requests', 200),
  CHECKOUTS_OF_AN_ACCOUNT: quota('new checkouts', 500),
  LOG_LEVEL: logLevel,
})
export type ButtonCheckoutEnvironment = Static<typeof ButtonCheckoutEnvironment>

export const CheckoutWorkerEnvironment = Type.Object({
  ...checkout,
  DOCUMENTS_BUCKET: documents.DOCUMENTS_BUCKET,
  STANDBY_DOCUMENTS_BUCKET: documents.STANDBY_DOCUMENTS_BUCKET,
  STANDBY_REGION: documents.STANDBY_REGION,
  STANDBY_ENDPOINT_URL_S3: documents.STANDBY_ENDPOINT_URL_S3,
  PURGE_URLS: Type.String({ default: '', description: 'as of order-api’s worker' }),
  CDN_DISTRIBUTION_ID: Type.String({ default: '', description: 'as of order-api’s worker' }),
  BUTTON_FILE: text('the packed button, as npm run build:pages makes it: button.js'),
  SWEEP_SECONDS: Type.Number({
    exclusiveMinimum: 0,
    default: 5,
    description: 'pause between two looks for checkouts that wait for something',
  }),
  LOG_LEVEL: logLevel,
})
export type CheckoutWorkerEnvironment = Static<typeof CheckoutWorkerEnvironment>

/** Of the operator's command: all three, or none for the platform that runs on this machine. */
export const OperatorEnvironment = Type.Partial(
  Type.Object({
    ...database,
    PRINT_FILES_BUCKET: buckets.PRINT_FILES_BUCKET,
    PUBLIC_URL: OrderApiEnvironment.properties.PUBLIC_URL,
    ...documents,
  }),
)
export type OperatorEnvironment = Static<typeof OperatorEnvironment>
