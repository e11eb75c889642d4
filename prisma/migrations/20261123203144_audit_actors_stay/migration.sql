-- DropForeignKey
ALTER TABLE "audit_entries" DROP CONSTRAINT "audit_entries_actor_id_fkey";

-- AddForeignKey
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
