CREATE TABLE "photo" (
	"community_id" text NOT NULL,
	"id" text NOT NULL,
	"device_id" text NOT NULL,
	"mime" text NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	"stored_at" bigint NOT NULL,
	CONSTRAINT "photo_community_id_id_pk" PRIMARY KEY("community_id","id")
);
--> statement-breakpoint
CREATE TABLE "group_buy_claim" (
	"community_id" text NOT NULL,
	"id" text NOT NULL,
	"group_buy_id" text NOT NULL,
	"household_id" text NOT NULL,
	"door" text NOT NULL,
	"item_id" text NOT NULL,
	"name" text NOT NULL,
	"unit" text NOT NULL,
	"kind" text NOT NULL,
	"quantity" integer NOT NULL,
	"photo_id" text,
	"text" text,
	"at" bigint NOT NULL,
	"person_id" text,
	"state" text NOT NULL,
	"fen" bigint,
	"answer" text,
	"decided_by" text,
	"decided_by_name" text,
	"decided_at" bigint,
	CONSTRAINT "group_buy_claim_community_id_id_pk" PRIMARY KEY("community_id","id")
);
--> statement-breakpoint
CREATE TABLE "hand_out_run" (
	"community_id" text NOT NULL,
	"id" text NOT NULL,
	"group_buy_id" text NOT NULL,
	"building" text NOT NULL,
	"unit" text NOT NULL,
	"position" integer NOT NULL,
	"doors" integer NOT NULL,
	"person_id" text,
	"person_name" text,
	"taken_at" bigint,
	"done" integer NOT NULL,
	"ended" boolean,
	CONSTRAINT "hand_out_run_community_id_id_pk" PRIMARY KEY("community_id","id")
);
--> statement-breakpoint
CREATE TABLE "code_proposal" (
	"community_id" text NOT NULL,
	"id" text NOT NULL,
	"payee" text NOT NULL,
	"channel" text NOT NULL,
	"photo_id" text NOT NULL,
	"proposed_by" text NOT NULL,
	"proposed_by_name" text NOT NULL,
	"proposed_at" bigint NOT NULL,
	"revision" text NOT NULL,
	"state" text NOT NULL,
	CONSTRAINT "code_proposal_community_id_id_pk" PRIMARY KEY("community_id","id")
);
--> statement-breakpoint
CREATE TABLE "collection_code" (
	"community_id" text NOT NULL,
	"id" text NOT NULL,
	"payee" text NOT NULL,
	"channel" text NOT NULL,
	"photo_id" text NOT NULL,
	"since" bigint NOT NULL,
	"proposed_by_name" text NOT NULL,
	"confirmed_by_name" text NOT NULL,
	"former_payee" text,
	CONSTRAINT "collection_code_community_id_id_pk" PRIMARY KEY("community_id","id")
);
--> statement-breakpoint
CREATE TABLE "ledger_entry" (
	"community_id" text NOT NULL,
	"id" text NOT NULL,
	"group_buy_id" text NOT NULL,
	"household_id" text,
	"kind" text NOT NULL,
	"postings" jsonb NOT NULL,
	"at" bigint NOT NULL,
	"booked_at" bigint NOT NULL,
	"person_id" text,
	"of_entry" text,
	CONSTRAINT "ledger_entry_community_id_id_pk" PRIMARY KEY("community_id","id")
);
--> statement-breakpoint
CREATE TABLE "money_rules" (
	"community_id" text NOT NULL,
	"id" text NOT NULL,
	"refund_limit_fen" bigint NOT NULL,
	CONSTRAINT "money_rules_community_id_id_pk" PRIMARY KEY("community_id","id")
);
--> statement-breakpoint
CREATE TABLE "group_buy_refund" (
	"community_id" text NOT NULL,
	"id" text NOT NULL,
	"group_buy_id" text NOT NULL,
	"household_id" text NOT NULL,
	"door" text NOT NULL,
	"fen" bigint NOT NULL,
	"state" text NOT NULL,
	"asked_by" text,
	"asked_by_name" text,
	"asked_at" bigint NOT NULL,
	"decided_by" text,
	"decided_by_name" text,
	"decided_at" bigint,
	CONSTRAINT "group_buy_refund_community_id_id_pk" PRIMARY KEY("community_id","id")
);
--> statement-breakpoint
CREATE TABLE "supplier_receipt" (
	"community_id" text NOT NULL,
	"id" text NOT NULL,
	"group_buy_id" text NOT NULL,
	"fen" bigint NOT NULL,
	"supplier" text,
	"photo_id" text,
	"added_by" text,
	"added_by_name" text,
	"added_at" bigint NOT NULL,
	"removed_at" bigint,
	CONSTRAINT "supplier_receipt_community_id_id_pk" PRIMARY KEY("community_id","id")
);
--> statement-breakpoint
CREATE TABLE "waiting_place" (
	"community_id" text NOT NULL,
	"id" text NOT NULL,
	"group_buy_id" text NOT NULL,
	"item_id" text NOT NULL,
	"household_id" text NOT NULL,
	"quantity" integer NOT NULL,
	"if_short" text NOT NULL,
	"ticket" integer NOT NULL,
	"state" text NOT NULL,
	"served_quantity" integer NOT NULL,
	"since" bigint NOT NULL,
	"changed_at" bigint NOT NULL,
	"person_id" text,
	"turn" text,
	"price_fen" integer,
	CONSTRAINT "waiting_place_community_id_id_pk" PRIMARY KEY("community_id","id")
);
--> statement-breakpoint
ALTER TABLE "group_buy" ADD COLUMN "payment" text;--> statement-breakpoint
ALTER TABLE "group_buy" ADD COLUMN "pay_to" text;--> statement-breakpoint
ALTER TABLE "group_buy" ADD COLUMN "slots" jsonb;--> statement-breakpoint
ALTER TABLE "group_buy" ADD COLUMN "share" jsonb;--> statement-breakpoint
ALTER TABLE "group_buy" ADD COLUMN "seed" text;--> statement-breakpoint
ALTER TABLE "group_buy" ADD COLUMN "supplier" text;--> statement-breakpoint
ALTER TABLE "group_buy" ADD COLUMN "copied_from" text;--> statement-breakpoint
ALTER TABLE "group_buy" ADD COLUMN "next_number" integer;--> statement-breakpoint
ALTER TABLE "group_buy" ADD COLUMN "steps" jsonb;--> statement-breakpoint
ALTER TABLE "group_buy" ADD COLUMN "cancel_reason" text;--> statement-breakpoint
ALTER TABLE "group_buy_item" ADD COLUMN "per_jin_fen" integer;--> statement-breakpoint
ALTER TABLE "group_buy_item" ADD COLUMN "case_size" integer;--> statement-breakpoint
ALTER TABLE "group_buy_item" ADD COLUMN "origin" text;--> statement-breakpoint
ALTER TABLE "group_buy_item" ADD COLUMN "supplier" text;--> statement-breakpoint
ALTER TABLE "group_buy_item" ADD COLUMN "photo_id" text;--> statement-breakpoint
ALTER TABLE "group_buy_item" ADD COLUMN "draft" boolean;--> statement-breakpoint
ALTER TABLE "group_buy_item" ADD COLUMN "sensitive" boolean;--> statement-breakpoint
ALTER TABLE "group_buy_item" ADD COLUMN "waiting" integer;--> statement-breakpoint
ALTER TABLE "group_buy_item" ADD COLUMN "queue" jsonb;--> statement-breakpoint
ALTER TABLE "group_buy_item" ADD COLUMN "arrived" integer;--> statement-breakpoint
ALTER TABLE "group_buy_order" ADD COLUMN "number" integer;--> statement-breakpoint
ALTER TABLE "group_buy_order" ADD COLUMN "note" text;--> statement-breakpoint
ALTER TABLE "group_buy_order" ADD COLUMN "slot_id" text;--> statement-breakpoint
ALTER TABLE "group_buy_order" ADD COLUMN "listed_as" text;--> statement-breakpoint
ALTER TABLE "group_buy_order" ADD COLUMN "source" text;--> statement-breakpoint
ALTER TABLE "group_buy_order" ADD COLUMN "chain_key" text;--> statement-breakpoint
ALTER TABLE "group_buy_order" ADD COLUMN "said_paid" jsonb;--> statement-breakpoint
ALTER TABLE "group_buy_order" ADD COLUMN "paid_fen" bigint;--> statement-breakpoint
ALTER TABLE "group_buy_order" ADD COLUMN "refunded_fen" bigint;--> statement-breakpoint
ALTER TABLE "group_buy_order" ADD COLUMN "bag" jsonb;--> statement-breakpoint
ALTER TABLE "group_buy_order" ADD COLUMN "handed_out" jsonb;--> statement-breakpoint
ALTER TABLE "group_buy_order" ADD COLUMN "hand_out_problem" jsonb;--> statement-breakpoint
CREATE INDEX "photo_by_time" ON "photo" USING btree ("community_id","stored_at");--> statement-breakpoint
CREATE INDEX "group_buy_claim_by_round" ON "group_buy_claim" USING btree ("community_id","group_buy_id");--> statement-breakpoint
CREATE INDEX "group_buy_claim_by_household" ON "group_buy_claim" USING btree ("community_id","household_id");--> statement-breakpoint
CREATE INDEX "group_buy_claim_by_photo" ON "group_buy_claim" USING btree ("community_id","photo_id");--> statement-breakpoint
CREATE INDEX "hand_out_run_by_round" ON "hand_out_run" USING btree ("community_id","group_buy_id");--> statement-breakpoint
CREATE INDEX "hand_out_run_by_person" ON "hand_out_run" USING btree ("community_id","person_id");--> statement-breakpoint
CREATE INDEX "ledger_entry_by_round" ON "ledger_entry" USING btree ("community_id","group_buy_id");--> statement-breakpoint
CREATE INDEX "ledger_entry_by_household" ON "ledger_entry" USING btree ("community_id","household_id");--> statement-breakpoint
CREATE INDEX "group_buy_refund_by_round" ON "group_buy_refund" USING btree ("community_id","group_buy_id");--> statement-breakpoint
CREATE INDEX "group_buy_refund_by_household" ON "group_buy_refund" USING btree ("community_id","household_id");--> statement-breakpoint
CREATE INDEX "supplier_receipt_by_round" ON "supplier_receipt" USING btree ("community_id","group_buy_id");--> statement-breakpoint
CREATE INDEX "waiting_place_by_round" ON "waiting_place" USING btree ("community_id","group_buy_id");--> statement-breakpoint
CREATE INDEX "waiting_place_by_item" ON "waiting_place" USING btree ("community_id","item_id","ticket");--> statement-breakpoint
CREATE INDEX "waiting_place_by_turn" ON "waiting_place" USING btree ("community_id","turn");--> statement-breakpoint
CREATE INDEX "waiting_place_by_household" ON "waiting_place" USING btree ("community_id","household_id");--> statement-breakpoint
-- Orders that stand are entered in the book, so that it says the same as they do.
INSERT INTO "ledger_entry" ("community_id", "id", "group_buy_id", "household_id", "kind", "postings", "at", "booked_at")
SELECT "community_id", "revision" || '/' || "household_id" || '/order', "group_buy_id", "household_id", 'order',
       jsonb_build_array(
         jsonb_build_object('account', 'household:' || "household_id", 'fen', "total_fen"),
         jsonb_build_object('account', 'goods', 'fen', -"total_fen")),
       "placed_at", "changed_at"
  FROM "group_buy_order" WHERE "state" = 'placed' AND "total_fen" <> 0;--> statement-breakpoint
-- A cancelled order costs nothing.
UPDATE "group_buy_order" SET "total_fen" = 0 WHERE "state" = 'cancelled';
--> statement-breakpoint
UPDATE "feed" SET "row" = jsonb_set("row"::jsonb, '{totalFen}', '0')::json
 WHERE "entity" = 'order' AND "row" ->> 'state' = 'cancelled';--> statement-breakpoint
-- Phones read their scopes anew: nothing else would tell them of these rows.
UPDATE "clock" SET "seq" = "seq" + 1, "tombstone_floor" = "seq" + 1;
