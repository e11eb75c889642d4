-- CreateEnum
CREATE TYPE "notification_type" AS ENUM ('SYSTEM', 'ORDER', 'PAYMENT', 'SUPPORT');

-- CreateEnum
CREATE TYPE "notification_status" AS ENUM ('UNREAD', 'READ', 'ARCHIVED');

-- CreateEnum
CREATE TYPE "locale" AS ENUM ('RU', 'EN');

-- AlterEnum
ALTER TYPE "message_channel" ADD VALUE 'TELEGRAM';

-- AlterTable
ALTER TABLE "development_messages" ADD COLUMN     "html" TEXT;

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "locale" "locale" NOT NULL DEFAULT 'RU';

-- CreateTable
CREATE TABLE "notifications" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "number" BIGINT NOT NULL,
    "type" "notification_type" NOT NULL,
    "status" "notification_status" NOT NULL DEFAULT 'UNREAD',
    "event" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "payload" JSONB,
    "order_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "read_at" TIMESTAMPTZ(3),
    "emailed_at" TIMESTAMPTZ(3),
    "telegram_sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "notifications_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification_preferences" (
    "user_id" UUID NOT NULL,
    "email" "notification_type"[],
    "telegram" "notification_type"[],

    CONSTRAINT "notification_preferences_pkey" PRIMARY KEY ("user_id")
);

-- CreateIndex
CREATE INDEX "notifications_user_id_status_number_idx" ON "notifications"("user_id", "status", "number");

-- CreateIndex
CREATE INDEX "notifications_order_id_idx" ON "notifications"("order_id");

-- CreateIndex
CREATE INDEX "notifications_created_at_idx" ON "notifications"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "notifications_user_id_number_key" ON "notifications"("user_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "notifications_user_id_source_key" ON "notifications"("user_id", "source");

-- CreateIndex
CREATE INDEX "users_role_idx" ON "users"("role");

-- AddForeignKey
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification_preferences" ADD CONSTRAINT "notification_preferences_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What a notification may say: PRODUCT.md's bounds, which Prisma's schema cannot say.
ALTER TABLE "notifications"
  ADD CONSTRAINT "notifications_title_check" CHECK (char_length("title") BETWEEN 1 AND 100),
  ADD CONSTRAINT "notifications_body_check" CHECK (char_length("body") BETWEEN 1 AND 1000);
