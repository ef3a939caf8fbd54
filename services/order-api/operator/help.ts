export const operatorHelp = `What only the operator of a Printcloud may do: accounts, their terms, their first keys; prices; facilities; documents.

Use: npm run operator -- COMMAND [OPTIONS]

  account add NAME           make an account
    --billing prepaid|invoice  how live orders are paid (default invoice)
    --limit AMOUNT             how far below zero the balance may go, e.g. 500 or 99.50
                               (default: prepaid 0, invoice without a limit)
    --no-limit                 without a limit; invoice only
    --currency CODE            of orders and of the limit (default EUR)
    --grace MINUTES            how long orders wait for changes, 0 to 2880 (default 0)
  account list               every account
  account show ACCOUNT       one account with its keys, members and balances
  account set ACCOUNT        change it: the options of "add", and --name NAME

  key add ACCOUNT            make a key; it is shown once
    --live | --test            the world it works in; one of them is required
    --publishable              pk_… for web pages instead of sk_… for servers
    --scopes A,B               what it may do (default: all that its kind may)
    --name NAME                what uses it (default "operator"); two live keys a name
    --expires DATE             when it ends, e.g. 2027-12-31 or 2027-12-31T12:00:00Z

  checkout-keys              a live and a test key of the platform's own checkout, which acts for
                             every account; its account is made the first time
    --expires DATE             when they end

  deposit ACCOUNT AMOUNT CURRENCY
                             book money that came in: onto the balance of a prepaid
                             account, against what an invoiced one owes; each call
                             is a payment of its own
    --test                     in its test world
    --reference TEXT           of the payment, as it stands in the account's ledger

  prices list                every price book
  prices set FILE            one price book (JSON): of a facility, a currency and a first
                             day; what has begun is not changed, later days replace it

  facility list              every facility: whether it is there, what waits for it, since when
  facility show FACILITY     one, with its print clients and its oldest jobs
  facility add FILE          a new facility (JSON); every fault is told at once
  facility edit FILE         the same in place of the one with its id
  facility open FACILITY     it takes orders
  facility pause FACILITY    it takes no new ones, and goes on with what it has
  facility drain FACILITY    the same, and what no print client took goes to others; says what is left
  facility enrol FACILITY    a code with which one print client lets itself in, once
    --name NAME                what the client is called here (default: as it calls itself)
    --hours N                  how long the code works, 1 to 336 (default 24)
  facility clients FACILITY  the print clients that were let in, and when each was heard of
  facility revoke FACILITY CLIENT
                             shut one out: its word counts no more, its keys are taken away

  documents check            what lies in the buckets of published documents, held against
                             what was published; the worker does so every hour
    --repair                   have it mended: missing and other documents are written
                               anew, what nothing names goes

  reconcile                  after the database was restored to an earlier moment: what
                             facilities took, held against what the database knows
    --since TIME               the moment it was restored to (default: claims of the day
                               before the newest thing that it knows are compared)
    --hold                     put every order that could be released on hold
    --release                  take those holds off again, and no others

ACCOUNT is an id (acc_…) or a name that only one account has. FACILITY is an id (fac_…).
Everywhere: --json for machines, --data FOLDER for a local platform elsewhere.

Without DATABASE_RESOURCE_ARN in the environment it works on the platform that "npm start" runs here.
A change holds in every process within 30 s.

Exit codes: 0 done, 64 wrong command line, 65 refused, 69 the database does not answer, 70 our own fault.
`
