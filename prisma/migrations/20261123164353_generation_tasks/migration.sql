-- CreateTable
CREATE TABLE "generation_tasks" (
    "generation_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "handle" TEXT NOT NULL,
    "file" JSONB,
    "started_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "generation_tasks_pkey" PRIMARY KEY ("generation_id","position")
);

-- AddForeignKey
ALTER TABLE "generation_tasks" ADD CONSTRAINT "generation_tasks_generation_id_fkey" FOREIGN KEY ("generation_id") REFERENCES "generations"("id") ON DELETE CASCADE ON UPDATE CASCADE;
