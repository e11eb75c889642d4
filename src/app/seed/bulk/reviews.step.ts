import { statements } from './bulk-step.js'

const PRAISE = `'{"Отличная печать, заказываем снова.","Цвета точно как на экране.","Быстро и аккуратно.","Макет поправили за час.","Упаковано на совесть.","Всем советуем."}'`
const BLAME = `'{"Ждали на два дня дольше.","Оттенок темнее, чем на экране.","Не хватило инструкции по креплению.","Шрифт мелковат."}'`

/** Up to a dozen reviews a design, and the designs themselves with what they add up to. */
export const reviewsStep = statements('reviews and designs', 8, () => [
  [
    `create temp table bulk_review on commit drop as
     select o.n, o.id as order_id, o.customer_id, i.id as item_id, i.designer_id, o.span, stars,
       pg_temp.after(o.ended_at, o.span * 0.05 * pg_temp.rnd(o.n, 51)) as created_at,
       row_number() over (partition by i.n order by pg_temp.rnd(o.n, 52), o.n) as turn, i.most_reviews
     from bulk_order o
     join order_lines l on l.order_id = o.id and l.position = 0
     join bulk_item i on i.id = l.item_id
     cross join lateral (select (array[5, 5, 5, 5, 5, 4, 4, 4, 3, 2, 1])[1 + floor(11 * pg_temp.rnd(o.n, 53))::int] as stars) opinion
     where o.status = 'COMPLETED' and pg_temp.rnd(o.n, 50) < 0.6`,
  ],
  ['delete from bulk_review where turn > most_reviews'],
  [
    `insert into reviews (id, order_id, author_id, item_id, rating, comment, reply, replied_at, created_at)
     select pg_temp.id(created_at, 'review', n), order_id, customer_id, item_id, stars,
       case when pg_temp.rnd(n, 54) < 0.85 then case when stars > 3 then pg_temp.pick(${PRAISE}, n, 55) else pg_temp.pick(${BLAME}, n, 55) end end,
       case when is_answered then 'Спасибо за отзыв!' end, case when is_answered then pg_temp.after(created_at, span * 0.04) end, created_at
     from bulk_review cross join lateral (select pg_temp.rnd(n, 56) < 0.15 as is_answered) answer
     order by created_at`,
  ],
  [
    `insert into marketplace_items (id, designer_id, title, description, product_type, status, price_amount, tags, print, rating, review_count,
       sales_count, created_at, updated_at)
     select i.id, i.designer_id, i.title,
       i.title || '. Готовый макет: заголовок, место под логотип и контакты. Текст и цвета меняются по просьбе в чате заказа.',
       i.product_type::product_type, 'PUBLISHED', i.price,
       array[pg_temp.pick('{еда,авто,красота,спорт,дети,медицина,магазин,событие}', i.n, 18), pg_temp.pick('{фасад,витрина,улица,выставка,соцсети,вход}', i.n, 19)],
       i.print, coalesce(r.rating, 0), coalesce(r.count, 0), coalesce(s.count, 0), i.created_at, i.created_at
     from bulk_item i
     left join (select item_id, count(*)::int as count, avg(stars)::float8 as rating from bulk_review group by 1) r on r.item_id = i.id
     left join (select l.item_id, count(*)::int as count from bulk_order o join order_lines l on l.order_id = o.id where o.status = 'COMPLETED' group by 1) s
       on s.item_id = i.id
     order by i.id`,
  ],
])
