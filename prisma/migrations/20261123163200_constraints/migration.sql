-- What the database itself refuses and Prisma's schema cannot say. Prisma's diff sees neither CHECKs nor triggers.

ALTER TABLE "plan_subscriptions"
  ADD CONSTRAINT "plan_subscriptions_remaining_generations_check" CHECK ("remaining_generations" >= 0);

ALTER TABLE "factories"
  ADD CONSTRAINT "factories_current_load_check" CHECK ("current_load" BETWEEN 0 AND "capacity");

ALTER TABLE "orders"
  ADD CONSTRAINT "orders_subtotal_amount_check" CHECK ("subtotal_amount" >= 0),
  ADD CONSTRAINT "orders_rush_fee_amount_check" CHECK ("rush_fee_amount" >= 0),
  ADD CONSTRAINT "orders_discount_amount_check" CHECK ("discount_amount" >= 0),
  ADD CONSTRAINT "orders_total_amount_check"
    CHECK ("total_amount" >= 0 AND "total_amount" = "subtotal_amount" + "rush_fee_amount" - "discount_amount");

ALTER TABLE "order_lines"
  ADD CONSTRAINT "order_lines_quantity_check" CHECK ("quantity" BETWEEN 1 AND 1000),
  ADD CONSTRAINT "order_lines_unit_amount_check" CHECK ("unit_amount" >= 0),
  ADD CONSTRAINT "order_lines_total_amount_check" CHECK ("total_amount" >= 0),
  ADD CONSTRAINT "order_lines_source_check" CHECK (num_nonnulls("item_id", "generation_id") = 1);

ALTER TABLE "reviews"
  ADD CONSTRAINT "reviews_rating_check" CHECK ("rating" BETWEEN 1 AND 5);

ALTER TABLE "payments"
  ADD CONSTRAINT "payments_amount_check" CHECK ("amount" > 0 AND "amount" <= 100000000),
  ADD CONSTRAINT "payments_refunded_amount_check" CHECK ("refunded_amount" BETWEEN 0 AND "amount");

ALTER TABLE "refunds"
  ADD CONSTRAINT "refunds_amount_check" CHECK ("amount" > 0);

-- One account per purpose: two rows with no owner or no provider are the same account.
DROP INDEX "ledger_accounts_kind_owner_id_provider_currency_key";
CREATE UNIQUE INDEX "ledger_accounts_kind_owner_id_provider_currency_key"
  ON "ledger_accounts" ("kind", "owner_id", "provider", "currency") NULLS NOT DISTINCT;

-- Money neither appears nor vanishes: checked at commit, when all lines of the transaction are there.
CREATE FUNCTION "ledger_transaction_balances"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT sum(amount) FROM ledger_lines WHERE transaction_id = NEW.transaction_id) <> 0 THEN
    RAISE EXCEPTION 'The lines of ledger transaction % do not sum to zero.', NEW.transaction_id
      USING ERRCODE = 'check_violation', TABLE = 'ledger_lines', CONSTRAINT = 'ledger_lines_sum_check';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER "ledger_lines_sum_check"
  AFTER INSERT ON "ledger_lines" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION "ledger_transaction_balances"();

-- A line is in its transaction's currency, and a customer's balance is never overdrawn.
CREATE FUNCTION "ledger_line_fits_account"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  account ledger_accounts;
BEGIN
  SELECT * INTO account FROM ledger_accounts WHERE id = NEW.account_id;
  IF account.kind = 'CUSTOMER_BALANCE' AND NEW.balance_after < 0 THEN
    RAISE EXCEPTION 'The balance of account % would fall below zero.', NEW.account_id
      USING ERRCODE = 'check_violation', TABLE = 'ledger_lines', CONSTRAINT = 'ledger_lines_balance_check';
  END IF;
  IF account.currency <> (SELECT currency FROM ledger_transactions WHERE id = NEW.transaction_id) THEN
    RAISE EXCEPTION 'Account % has another currency than its transaction.', NEW.account_id
      USING ERRCODE = 'check_violation', TABLE = 'ledger_lines', CONSTRAINT = 'ledger_lines_currency_check';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER "ledger_lines_fit_account"
  BEFORE INSERT ON "ledger_lines"
  FOR EACH ROW EXECUTE FUNCTION "ledger_line_fits_account"();

-- The ledger is append-only: a mistake is corrected by another transaction.
CREATE FUNCTION "ledger_is_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The ledger is append-only: % of % is refused.', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
END $$;

CREATE TRIGGER "ledger_lines_append_only"
  BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_lines"
  FOR EACH STATEMENT EXECUTE FUNCTION "ledger_is_append_only"();

CREATE TRIGGER "ledger_transactions_append_only"
  BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_transactions"
  FOR EACH STATEMENT EXECUTE FUNCTION "ledger_is_append_only"();
