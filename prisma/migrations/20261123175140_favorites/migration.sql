-- CreateTable
CREATE TABLE "favorites" (
    "user_id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "favorites_pkey" PRIMARY KEY ("user_id","item_id")
);

-- CreateIndex
CREATE INDEX "favorites_user_id_created_at_item_id_idx" ON "favorites"("user_id", "created_at", "item_id");

-- CreateIndex
CREATE INDEX "favorites_item_id_idx" ON "favorites"("item_id");

-- AddForeignKey
ALTER TABLE "favorites" ADD CONSTRAINT "favorites_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "favorites" ADD CONSTRAINT "favorites_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "marketplace_items"("id") ON DELETE CASCADE ON UPDATE CASCADE;
