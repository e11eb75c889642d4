import type { LedgerCheck } from './ledger-check.js'

/** Of every completed order, whenever it was: a designer who was not paid is a difference, and no date excuses it. */
export const salesShared: LedgerCheck = {
  rule: 'what a designer’s items cost in a completed order is shared, and nothing else',
  count: `select count(*) from orders where status = 'COMPLETED'`,
  difference: `
    select 'seller ' || seller_id || ' of order ' || reference_id as id, coalesce(d.amount, 0)::text as expected, coalesce(s.amount, 0)::text as found
    from (
      select l.order_id as reference_id, i.designer_id as seller_id, sum(l.total_amount) as amount
      from orders o join order_lines l on l.order_id = o.id join marketplace_items i on i.id = l.item_id
      where o.status = 'COMPLETED' and l.total_amount > 0 group by 1, 2) d
    full join (select reference_id, seller_id, amount from sale_shares where purpose = 'ORDER') s using (reference_id, seller_id)
    where coalesce(d.amount, 0) <> coalesce(s.amount, 0)`,
}
