/**
 * Parts of a statement, the last of them named `judged`: the uploaded files that an order names, and whether something else still needs them:
 * another order of the account whose files are not gone, or a publication, whichever version of it. It reads `account` and `id`.
 */
export const judgedSql = `named as (
    select distinct f.id from order_items i cross join lateral jsonb_array_elements_text(i.file_ids) as f(id)
    where i.account_id = :account::text and i.order_id = :id::text
  ), judged as (
    select n.id, exists (
        select from order_items i join orders o on o.account_id = i.account_id and o.id = i.order_id
        where i.account_id = :account::text and i.file_ids @> to_jsonb(n.id) and o.id <> :id::text and o.files_gone_at is null
      ) or exists (
        select from publication_versions v
        join publications p on p.account_id = v.account_id and p.is_test = v.is_test and p.id = v.publication_id
        where v.account_id = :account::text and v.file_ids @> to_jsonb(n.id) and p.deleted_at is null
      ) as is_needed
    from named n
  )`
