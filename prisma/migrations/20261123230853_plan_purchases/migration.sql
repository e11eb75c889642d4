-- CreateEnum
CREATE TYPE "plan_purchase_kind" AS ENUM ('PURCHASE', 'RENEWAL');

-- AlterTable
ALTER TABLE "plan_subscriptions" ADD COLUMN     "method_id" TEXT,
ADD COLUMN     "method_provider" "payment_provider",
ADD COLUMN     "next_step_at" TIMESTAMPTZ(3),
ADD COLUMN     "paid_from" TIMESTAMPTZ(3),
ADD COLUMN     "paid_until" TIMESTAMPTZ(3),
ADD COLUMN     "renewal_tries" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "plan_purchases" (
    "id" UUID NOT NULL,
    "subscription_id" UUID NOT NULL,
    "kind" "plan_purchase_kind" NOT NULL,
    "tier" "plan_tier" NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" "currency" NOT NULL DEFAULT 'RUB',
    "renews_from" TIMESTAMPTZ(3),
    "renewal_try" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "covers_from" TIMESTAMPTZ(3),
    "taken_back_at" TIMESTAMPTZ(3),

    CONSTRAINT "plan_purchases_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "plan_purchases_subscription_id_renews_from_renewal_try_key" ON "plan_purchases"("subscription_id", "renews_from", "renewal_try");

-- CreateIndex
CREATE INDEX "plan_subscriptions_next_step_at_idx" ON "plan_subscriptions"("next_step_at");

-- AddForeignKey
ALTER TABLE "plan_purchases" ADD CONSTRAINT "plan_purchases_subscription_id_fkey" FOREIGN KEY ("subscription_id") REFERENCES "plan_subscriptions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A paid plan of before was paid for its one period, and nothing could renew it.
UPDATE "plan_subscriptions" SET "paid_from" = "period_start", "paid_until" = "period_end", "next_step_at" = "period_end", "auto_renew" = false
WHERE "tier" <> 'FREE';

ALTER TABLE "plan_subscriptions"
  ADD CONSTRAINT "plan_subscriptions_paid_check"
    CHECK (("tier" = 'FREE') = ("paid_until" IS NULL) AND ("paid_until" IS NULL) = ("paid_from" IS NULL) AND "paid_from" < "paid_until"),
  ADD CONSTRAINT "plan_subscriptions_renewal_tries_check" CHECK ("renewal_tries" BETWEEN 0 AND 3);

ALTER TABLE "plan_purchases"
  ADD CONSTRAINT "plan_purchases_kind_check" CHECK (("kind" = 'RENEWAL') = ("renews_from" IS NOT NULL)),
  ADD CONSTRAINT "plan_purchases_amount_check" CHECK ("tier" <> 'FREE' AND "amount" > 0);
