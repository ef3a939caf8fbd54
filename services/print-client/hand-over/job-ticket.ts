export { fileNameOf, jobTicketOf } from '../tickets/job-ticket.ts'
