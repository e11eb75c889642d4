-- AlterTable
ALTER TABLE "chat_messages" ADD COLUMN     "deleted_by_id" UUID,
ADD COLUMN     "event_id" UUID;

-- CreateIndex
CREATE UNIQUE INDEX "chat_messages_event_id_key" ON "chat_messages"("event_id");

-- CreateIndex
CREATE INDEX "chat_messages_deleted_by_id_idx" ON "chat_messages"("deleted_by_id");

-- AddForeignKey
ALTER TABLE "chat_messages" ADD CONSTRAINT "chat_messages_deleted_by_id_fkey" FOREIGN KEY ("deleted_by_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat_messages" ADD CONSTRAINT "chat_messages_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "order_events"("id") ON DELETE CASCADE ON UPDATE CASCADE;
