-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "overdue_told_for" TIMESTAMPTZ(3);

-- Numbers are searched by any part of them, with or without dashes.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX "orders_number_letters_idx" ON "orders" USING gin (replace("number", '-', '') gin_trgm_ops);
