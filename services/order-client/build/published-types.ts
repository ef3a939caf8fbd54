import { Account, AccountChange } from '#contracts/order-api/account.ts'
import { ApiKey, ApiKeyList, ApiKeyRequest, NewApiKey } from '#contracts/order-api/api-key.ts'
import { Catalogue, CatalogueGeometry, CatalogueProduct } from '#contracts/order-api/catalogue.ts'
import { Charges } from '#contracts/order-api/charges.ts'
import { AccountEvent, AccountEventList } from '#contracts/order-api/event.ts'
import { File, FileRequest } from '#contracts/order-api/file.ts'
import { Balance, BalanceList, Deposit, DepositRequest, Entry, EntryList } from '#contracts/order-api/ledger.ts'
import { Member, MemberChange, MemberList, MemberRequest } from '#contracts/order-api/member.ts'
import {
  ItemFiles,
  Order,
  OrderActionList,
  OrderEventEntry,
  OrderEventList,
  OrderItem,
  OrderList,
  OrderPatch,
  OrderRequest,
} from '#contracts/order-api/order.ts'
import { Preflight, PreflightRequest } from '#contracts/order-api/preflight.ts'
import { Link, Problem } from '#contracts/order-api/problem.ts'
import { ConfirmRequest, Quote, QuoteRequest } from '#contracts/order-api/quote.ts'
import { Recipient } from '#contracts/order-api/recipient.ts'
import { ReprintRequest } from '#contracts/order-api/reprint.ts'
import {
  Webhook,
  WebhookChange,
  WebhookDelivery,
  WebhookDeliveryList,
  WebhookList,
  WebhookMessage,
  WebhookRequest,
  WebhookTest,
} from '#contracts/order-api/webhook.ts'

/** Every schema whose type is published with the client, under the name it has there. */
export const publishedTypes = {
  Account,
  AccountChange,
  AccountEvent,
  AccountEventList,
  ApiKey,
  ApiKeyList,
  ApiKeyRequest,
  Balance,
  BalanceList,
  Catalogue,
  CatalogueGeometry,
  CatalogueProduct,
  Charges,
  ConfirmRequest,
  Deposit,
  DepositRequest,
  File,
  FileRequest,
  ItemFiles,
  LedgerEntry: Entry,
  LedgerEntryList: EntryList,
  Link,
  Member,
  MemberChange,
  MemberList,
  MemberRequest,
  NewApiKey,
  Order,
  OrderActionList,
  OrderEventEntry,
  OrderEventList,
  OrderItem,
  OrderList,
  OrderPatch,
  OrderRequest,
  Preflight,
  PreflightRequest,
  Problem,
  Quote,
  QuoteRequest,
  Recipient,
  ReprintRequest,
  Webhook,
  WebhookChange,
  WebhookDelivery,
  WebhookDeliveryList,
  WebhookList,
  WebhookMessage,
  WebhookRequest,
  WebhookTest,
} as const
