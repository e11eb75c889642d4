-- AlterTable
ALTER TABLE "factories" ADD COLUMN     "calls_paused_until" TIMESTAMPTZ(3);
