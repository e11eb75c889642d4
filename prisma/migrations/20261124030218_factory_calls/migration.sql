-- CreateEnum
CREATE TYPE "factory_call_status" AS ENUM ('PENDING', 'DELIVERED', 'IGNORED', 'FAILED');

-- AlterTable
ALTER TABLE "factories" ADD COLUMN     "webhook_off_at" TIMESTAMPTZ(3),
ADD COLUMN     "webhook_url" TEXT;

-- CreateTable
CREATE TABLE "factory_calls" (
    "id" UUID NOT NULL,
    "factory_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "status" "factory_call_status" NOT NULL DEFAULT 'PENDING',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "tries_until" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "factory_calls_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "factory_webhook_secrets" (
    "id" UUID NOT NULL,
    "factory_id" UUID NOT NULL,
    "secret" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "factory_webhook_secrets_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "factory_calls_created_at_id_idx" ON "factory_calls"("created_at", "id");

-- CreateIndex
CREATE INDEX "factory_calls_factory_id_idx" ON "factory_calls"("factory_id");

-- CreateIndex
CREATE INDEX "factory_webhook_secrets_factory_id_idx" ON "factory_webhook_secrets"("factory_id");

-- AddForeignKey
ALTER TABLE "factory_calls" ADD CONSTRAINT "factory_calls_factory_id_fkey" FOREIGN KEY ("factory_id") REFERENCES "factories"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "factory_webhook_secrets" ADD CONSTRAINT "factory_webhook_secrets_factory_id_fkey" FOREIGN KEY ("factory_id") REFERENCES "factories"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
