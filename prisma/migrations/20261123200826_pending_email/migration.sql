-- AlterTable
ALTER TABLE "users" ADD COLUMN     "pending_email" TEXT;

-- Addresses are compared as they are stored.
ALTER TABLE "users" ADD CONSTRAINT "users_pending_email_lower" CHECK ("pending_email" = lower("pending_email"));
