-- CreateTable
CREATE TABLE "sale_shares" (
    "id" UUID NOT NULL,
    "purpose" "payment_purpose" NOT NULL,
    "reference_id" UUID NOT NULL,
    "seller_id" UUID NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" "currency" NOT NULL DEFAULT 'RUB',
    "fee_percent" INTEGER NOT NULL,
    "fee_amount" BIGINT NOT NULL DEFAULT 0,
    "earned_amount" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sale_shares_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "sale_shares_seller_id_idx" ON "sale_shares"("seller_id");

-- CreateIndex
CREATE UNIQUE INDEX "sale_shares_purpose_reference_id_seller_id_key" ON "sale_shares"("purpose", "reference_id", "seller_id");

-- AddForeignKey
ALTER TABLE "sale_shares" ADD CONSTRAINT "sale_shares_seller_id_fkey" FOREIGN KEY ("seller_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "sale_shares"
  ADD CONSTRAINT "sale_shares_amount_check" CHECK ("amount" > 0),
  ADD CONSTRAINT "sale_shares_fee_percent_check" CHECK ("fee_percent" BETWEEN 0 AND 100),
  ADD CONSTRAINT "sale_shares_booked_check"
    CHECK ("fee_amount" >= 0 AND "earned_amount" >= 0 AND "fee_amount" + "earned_amount" <= "amount");
