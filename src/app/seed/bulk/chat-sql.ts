const SAYS_CUSTOMER = `'{"Здравствуйте! Когда будет готово?",Спасибо!,"Можно сделать фон чуть светлее?","Получили, всё отлично.","Адрес доставки верный.","Подскажите трек-номер, пожалуйста.","Нужны люверсы по краю.","Договорились."}'`
const SAYS_OTHER = `'{"Добрый день! Уже работаем.","Файл принят, всё в порядке.","Отправим завтра утром.","Поправил макет, посмотрите.",Пожалуйста!,"Цветопроба готова.","Сделаем, на цену не влияет.","Трек-номер появится в заказе."}'`

// A third of the orders; the customer speaks first, the factory or a designer answers, two to six messages in all.
const TALKS = `(
  select o.n, o.id, o.customer_id, o.created_at, o.span, 2 + floor(5 * pg_temp.rnd(o.n, 41))::int as length, pg_temp.rnd(o.n, 42) < 0.7 as is_read,
    coalesce(f.staff_id, designer_id) as other_id, case when f.staff_id is null then 'DESIGNER' else 'FACTORY' end::sender_role as other_role
  from bulk_order o
  left join bulk_factory f on f.n = o.factory_n
  cross join lateral (select i.designer_id from order_lines l join bulk_item i on i.id = l.item_id where l.order_id = o.id and l.position = 0) first
  where o.n between $1::bigint and $2::bigint and pg_temp.rnd(o.n, 40) < 1.0 / 3) talk`

/** The chats of the orders `$1` to `$2`, and how far they were read. */
export const chatSql = [
  `insert into chat_messages (id, order_id, number, sender_id, sender_role, body, created_at)
  select pg_temp.id(at, 'message', n * 8 + number), id, number, case when number % 2 = 1 then customer_id else other_id end,
    case when number % 2 = 1 then 'CUSTOMER' else other_role end,
    case when number % 2 = 1 then pg_temp.pick(${SAYS_CUSTOMER}, n * 8 + number, 43) else pg_temp.pick(${SAYS_OTHER}, n * 8 + number, 43) end, at
  from ${TALKS}
  cross join lateral generate_series(1, length) number
  cross join lateral (select pg_temp.after(created_at, span * 0.9 * number / length) as at) said`,
  `insert into chat_reads (order_id, user_id, up_to)
  select id, customer_id, case when is_read then length else length - 1 + length % 2 end from ${TALKS}
  union all
  select id, other_id, length - length % 2 from ${TALKS}`,
]
