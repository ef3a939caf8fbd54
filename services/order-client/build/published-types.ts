import { Account, AccountChange } from '#contracts/order-api/account.ts'
import { ApiKey, ApiKeyList, ApiKeyRequest, NewApiKey } from '#contracts/order-api/api-key.ts'
import { ButtonRequest, ButtonSetting } from '#contracts/order-api/button.ts'
import { Catalogue, CatalogueGeometry, CatalogueProduct } from '#contracts/order-api/catalogue.ts'
import { Charges } from '#contracts/order-api/charges.ts'
import { AccountEvent, AccountEventList } from '#contracts/order-api/event.ts'
import { File, FileRequest } from '#contracts/order-api/file.ts'
import { Balance, BalanceList, Deposit, DepositRequest, Entry, EntryList } from '#contracts/order-api/ledger.ts'
import { Member, MemberChange, MemberList, MemberRequest } from '#contracts/order-api/member.ts'
import { Order, OrderItem } from '#contracts/order-api/order.ts'
import { OrderActionList, OrderEventEntry, OrderEventList, OrderList } from '#contracts/order-api/order-lists.ts'
import { ItemFiles, OrderPatch, OrderRequest } from '#contracts/order-api/order-request.ts'
import { OrderRouting } from '#contracts/order-api/order-routing.ts'
import { Preflight, PreflightRequest } from '#contracts/order-api/preflight.ts'
import { Link, Problem } from '#contracts/order-api/problem.ts'
import {
  Margin,
  Publication,
  PublicationChange,
  PublicationContent,
  PublicationList,
  PublicationOffer,
  PublicationRequest,
  PublicationTexts,
  PublicationVersion,
  PublicationVersionList,
  PublishRequest,
  Theme,
  ThumbnailRequest,
  UndoRequest,
} from '#contracts/order-api/publication.ts'
import { ConfirmRequest, Quote, QuoteRequest } from '#contracts/order-api/quote.ts'
import { Recipient } from '#contracts/order-api/recipient.ts'
import { ReprintRequest } from '#contracts/order-api/reprint.ts'
import { RoutingPolicy, RoutingPolicyChange } from '#contracts/order-api/routing.ts'
import { RoutingSimulation, RoutingSimulationRequest } from '#contracts/order-api/routing-simulation.ts'
import { SaleStanding, SalesPage } from '#contracts/order-api/sales.ts'
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
import { PriceBook } from '#contracts/prices/price-book.ts'
import { CatalogueDocument } from '#contracts/published/catalogue-document.ts'
import { FacilitiesDocument } from '#contracts/published/facilities-document.ts'
import { FromPrice, OffersDocument, PricesDocument } from '#contracts/published/prices-document.ts'
import { PublicationDocument, PublishedThumbnail } from '#contracts/published/publication-document.ts'
import { StatusDocument } from '#contracts/published/status-document.ts'

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
  ButtonRequest,
  ButtonSetting,
  Catalogue,
  CatalogueDocument,
  CatalogueGeometry,
  CatalogueProduct,
  Charges,
  ConfirmRequest,
  Deposit,
  DepositRequest,
  FacilitiesDocument,
  File,
  FileRequest,
  FromPrice,
  ItemFiles,
  LedgerEntry: Entry,
  LedgerEntryList: EntryList,
  Link,
  Margin,
  Member,
  MemberChange,
  MemberList,
  MemberRequest,
  NewApiKey,
  OffersDocument,
  Order,
  OrderActionList,
  OrderEventEntry,
  OrderEventList,
  OrderItem,
  OrderList,
  OrderPatch,
  OrderRequest,
  OrderRouting,
  Preflight,
  PreflightRequest,
  PriceBook,
  PricesDocument,
  Problem,
  Publication,
  PublicationChange,
  PublicationContent,
  PublicationDocument,
  PublicationList,
  PublicationOffer,
  PublicationRequest,
  PublicationTexts,
  PublicationVersion,
  PublicationVersionList,
  PublishRequest,
  PublishedThumbnail,
  Quote,
  QuoteRequest,
  Recipient,
  ReprintRequest,
  RoutingPolicy,
  RoutingPolicyChange,
  RoutingSimulation,
  RoutingSimulationRequest,
  SaleStanding,
  SalesPage,
  StatusDocument,
  Theme,
  ThumbnailRequest,
  UndoRequest,
  Webhook,
  WebhookChange,
  WebhookDelivery,
  WebhookDeliveryList,
  WebhookList,
  WebhookMessage,
  WebhookRequest,
  WebhookTest,
} as const
