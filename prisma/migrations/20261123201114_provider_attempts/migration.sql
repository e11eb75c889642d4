-- AlterTable
ALTER TABLE "payments" ADD COLUMN     "capture" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "charged_method_id" TEXT,
ADD COLUMN     "checks" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "next_check_at" TIMESTAMPTZ(3),
ADD COLUMN     "receipt" JSONB,
ADD COLUMN     "save_method" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "saved_method_id" TEXT;

-- AlterTable
ALTER TABLE "refunds" ADD COLUMN     "checks" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "next_check_at" TIMESTAMPTZ(3),
ADD COLUMN     "receipt" JSONB;

-- CreateIndex
CREATE INDEX "payments_next_check_at_idx" ON "payments"("next_check_at");

-- CreateIndex
CREATE INDEX "refunds_next_check_at_idx" ON "refunds"("next_check_at");
