CREATE TABLE "clock" (
	"community_id" text PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"epoch" text NOT NULL,
	"tombstone_floor" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "device_stream" (
	"community_id" text NOT NULL,
	"device_id" text NOT NULL,
	"stream" text NOT NULL,
	"generation" integer NOT NULL,
	"last_seq" bigint NOT NULL,
	CONSTRAINT "device_stream_community_id_device_id_stream_pk" PRIMARY KEY("community_id","device_id","stream")
);
--> statement-breakpoint
CREATE TABLE "feed" (
	"community_id" text NOT NULL,
	"scope" text NOT NULL,
	"entity" text NOT NULL,
	"id" text NOT NULL,
	"seq" bigint NOT NULL,
	"row" json,
	"changed_at" bigint NOT NULL,
	CONSTRAINT "feed_community_id_scope_entity_id_pk" PRIMARY KEY("community_id","scope","entity","id")
);
--> statement-breakpoint
CREATE TABLE "session" (
	"community_id" text NOT NULL,
	"secret_hash" text NOT NULL,
	"device_id" text NOT NULL,
	"created_at" bigint NOT NULL,
	"seen_at" bigint NOT NULL,
	CONSTRAINT "session_community_id_secret_hash_pk" PRIMARY KEY("community_id","secret_hash")
);
--> statement-breakpoint
CREATE TABLE "slip_code" (
	"code_hash" text PRIMARY KEY NOT NULL,
	"community_id" text NOT NULL,
	"slip_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "verdict" (
	"community_id" text NOT NULL,
	"id" text NOT NULL,
	"device_id" text NOT NULL,
	"stream" text NOT NULL,
	"seq" bigint NOT NULL,
	"name" text NOT NULL,
	"args_hash" text NOT NULL,
	"outcome" text NOT NULL,
	"code" text,
	"details" jsonb,
	"person_id" text,
	"household_id" text,
	"happened_at" bigint NOT NULL,
	"received_at" bigint NOT NULL,
	"body" jsonb,
	CONSTRAINT "verdict_community_id_id_pk" PRIMARY KEY("community_id","id")
);
--> statement-breakpoint
CREATE TABLE "building" (
	"community_id" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"position" integer NOT NULL,
	"units" integer NOT NULL,
	"floors" integer NOT NULL,
	"lift" boolean NOT NULL,
	CONSTRAINT "building_community_id_id_pk" PRIMARY KEY("community_id","id")
);
--> statement-breakpoint
CREATE TABLE "community" (
	"community_id" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"mode" text NOT NULL,
	"mode_reason" text,
	"mode_until" text,
	"slots" jsonb NOT NULL,
	"due_at" jsonb NOT NULL,
	"asks_temperature" boolean NOT NULL,
	"duty_phone" text,
	"duty_name" text,
	"rehearsal" boolean NOT NULL,
	CONSTRAINT "community_community_id_id_pk" PRIMARY KEY("community_id","id")
);
--> statement-breakpoint
CREATE TABLE "device" (
	"community_id" text NOT NULL,
	"id" text NOT NULL,
	"household_id" text,
	"person_id" text,
	"personal" boolean NOT NULL,
	"name" text NOT NULL,
	"joined_at" bigint NOT NULL,
	"ended_at" bigint,
	CONSTRAINT "device_community_id_id_pk" PRIMARY KEY("community_id","id")
);
--> statement-breakpoint
CREATE TABLE "care_grant" (
	"community_id" text NOT NULL,
	"id" text NOT NULL,
	"household_id" text NOT NULL,
	"helper_id" text NOT NULL,
	"grid" text NOT NULL,
	"helper_name" text NOT NULL,
	"given_by" text,
	"witnessed" boolean NOT NULL,
	"powers" jsonb NOT NULL,
	"starts_at" bigint NOT NULL,
	"until" bigint NOT NULL,
	"ended_at" bigint,
	CONSTRAINT "care_grant_community_id_id_pk" PRIMARY KEY("community_id","id")
);
--> statement-breakpoint
CREATE TABLE "household" (
	"community_id" text NOT NULL,
	"id" text NOT NULL,
	"building_id" text NOT NULL,
	"grid" text NOT NULL,
	"building_name" text NOT NULL,
	"unit" text NOT NULL,
	"floor" integer NOT NULL,
	"room" text NOT NULL,
	"door" text NOT NULL,
	"vacant" boolean NOT NULL,
	CONSTRAINT "household_community_id_id_pk" PRIMARY KEY("community_id","id")
);
--> statement-breakpoint
CREATE TABLE "person" (
	"community_id" text NOT NULL,
	"id" text NOT NULL,
	"household_id" text NOT NULL,
	"grid" text NOT NULL,
	"name" text NOT NULL,
	"birth_year" integer,
	"phone" text,
	"needs" jsonb NOT NULL,
	"presence" text NOT NULL,
	"presence_until" text,
	"daily_greeting" boolean NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "person_community_id_id_pk" PRIMARY KEY("community_id","id")
);
--> statement-breakpoint
CREATE TABLE "person_role" (
	"community_id" text NOT NULL,
	"id" text NOT NULL,
	"person_id" text NOT NULL,
	"kind" text NOT NULL,
	"grid" text,
	"until" bigint,
	CONSTRAINT "person_role_community_id_id_pk" PRIMARY KEY("community_id","id")
);
--> statement-breakpoint
CREATE TABLE "slip" (
	"community_id" text NOT NULL,
	"id" text NOT NULL,
	"household_id" text,
	"person_id" text,
	"issued_at" bigint NOT NULL,
	"ended_at" bigint,
	CONSTRAINT "slip_community_id_id_pk" PRIMARY KEY("community_id","id")
);
--> statement-breakpoint
CREATE TABLE "check_in" (
	"community_id" text NOT NULL,
	"id" text NOT NULL,
	"person_id" text NOT NULL,
	"household_id" text NOT NULL,
	"grid" text NOT NULL,
	"day" text NOT NULL,
	"slot" text NOT NULL,
	"feels" text NOT NULL,
	"temperature_c" double precision,
	"symptoms" jsonb NOT NULL,
	"needs" jsonb NOT NULL,
	"level" text NOT NULL,
	"recovered" boolean NOT NULL,
	"how" text,
	"by" jsonb NOT NULL,
	"happened_at" bigint NOT NULL,
	"received_at" bigint NOT NULL,
	"late" boolean NOT NULL,
	"history" jsonb NOT NULL,
	CONSTRAINT "check_in_community_id_id_pk" PRIMARY KEY("community_id","id")
);
--> statement-breakpoint
CREATE TABLE "errand" (
	"community_id" text NOT NULL,
	"id" text NOT NULL,
	"household_id" text NOT NULL,
	"building_id" text NOT NULL,
	"building_name" text NOT NULL,
	"grid" text NOT NULL,
	"unit" text NOT NULL,
	"floor" integer NOT NULL,
	"door" text NOT NULL,
	"person_id" text,
	"person_name" text NOT NULL,
	"phone" text,
	"kind" text NOT NULL,
	"medicines" jsonb,
	"text" text,
	"needed_by" text,
	"packet" jsonb NOT NULL,
	"packet_taken" jsonb,
	"hand_over" text NOT NULL,
	"state" text NOT NULL,
	"state_at" bigint NOT NULL,
	"claimed_by" text,
	"claimed_by_name" text,
	"claimed_at" bigint,
	"lease_until" bigint,
	"amount_fen" integer,
	"reason" text,
	"requested_at" bigint NOT NULL,
	"steps" jsonb NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "errand_community_id_id_pk" PRIMARY KEY("community_id","id")
);
--> statement-breakpoint
CREATE TABLE "group_buy" (
	"community_id" text NOT NULL,
	"id" text NOT NULL,
	"title" text NOT NULL,
	"opens_at" bigint NOT NULL,
	"closes_at" bigint NOT NULL,
	"minimum_portions" integer,
	"place" text,
	"state" text NOT NULL,
	"opened_by" text,
	"households" integer NOT NULL,
	"portions" integer NOT NULL,
	CONSTRAINT "group_buy_community_id_id_pk" PRIMARY KEY("community_id","id")
);
--> statement-breakpoint
CREATE TABLE "group_buy_item" (
	"community_id" text NOT NULL,
	"id" text NOT NULL,
	"group_buy_id" text NOT NULL,
	"name" text NOT NULL,
	"unit" text NOT NULL,
	"contents" text NOT NULL,
	"pieces" integer,
	"weight_jin" double precision,
	"price_fen" integer NOT NULL,
	"stock" integer NOT NULL,
	"sold" integer NOT NULL,
	"per_household" integer NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "group_buy_item_community_id_id_pk" PRIMARY KEY("community_id","id")
);
--> statement-breakpoint
CREATE TABLE "group_buy_order" (
	"community_id" text NOT NULL,
	"id" text NOT NULL,
	"group_buy_id" text NOT NULL,
	"household_id" text NOT NULL,
	"building_id" text NOT NULL,
	"door" text NOT NULL,
	"state" text NOT NULL,
	"lines" jsonb NOT NULL,
	"total_fen" bigint NOT NULL,
	"revision" text NOT NULL,
	"changed_by" text NOT NULL,
	"placed_at" bigint NOT NULL,
	"changed_at" bigint NOT NULL,
	"changes" jsonb NOT NULL,
	CONSTRAINT "group_buy_order_community_id_id_pk" PRIMARY KEY("community_id","id")
);
--> statement-breakpoint
CREATE TABLE "notice" (
	"community_id" text NOT NULL,
	"id" text NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"level" text NOT NULL,
	"category" text NOT NULL,
	"scope" text NOT NULL,
	"scope_name" text,
	"needs_receipt" boolean NOT NULL,
	"pinned_until" bigint,
	"expires_at" bigint,
	"translations" jsonb,
	"published_at" bigint NOT NULL,
	"month" text NOT NULL,
	"issuer" text NOT NULL,
	"issuer_person" text,
	"issuer_phone" text,
	"version" integer NOT NULL,
	"corrected_from" text,
	"corrected_by" text,
	"withdrawn_at" bigint,
	"withdrawn_reason" text,
	CONSTRAINT "notice_community_id_id_pk" PRIMARY KEY("community_id","id")
);
--> statement-breakpoint
CREATE TABLE "receipt" (
	"community_id" text NOT NULL,
	"id" text NOT NULL,
	"notice_id" text NOT NULL,
	"household_id" text NOT NULL,
	"grid" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "receipt_community_id_id_pk" PRIMARY KEY("community_id","id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "feed_by_seq" ON "feed" USING btree ("community_id","scope","seq");--> statement-breakpoint
CREATE INDEX "session_by_device" ON "session" USING btree ("community_id","device_id");--> statement-breakpoint
CREATE INDEX "verdict_by_device" ON "verdict" USING btree ("community_id","device_id","stream","seq");--> statement-breakpoint
CREATE INDEX "verdict_by_time" ON "verdict" USING btree ("community_id","received_at");--> statement-breakpoint
CREATE INDEX "device_by_household" ON "device" USING btree ("community_id","household_id");--> statement-breakpoint
CREATE INDEX "device_by_person" ON "device" USING btree ("community_id","person_id");--> statement-breakpoint
CREATE INDEX "care_grant_by_household" ON "care_grant" USING btree ("community_id","household_id");--> statement-breakpoint
CREATE INDEX "care_grant_by_helper" ON "care_grant" USING btree ("community_id","helper_id");--> statement-breakpoint
CREATE INDEX "household_by_building" ON "household" USING btree ("community_id","building_id");--> statement-breakpoint
CREATE INDEX "household_by_grid" ON "household" USING btree ("community_id","grid");--> statement-breakpoint
CREATE INDEX "person_by_household" ON "person" USING btree ("community_id","household_id");--> statement-breakpoint
CREATE INDEX "person_role_by_person" ON "person_role" USING btree ("community_id","person_id");--> statement-breakpoint
CREATE INDEX "person_role_by_kind" ON "person_role" USING btree ("community_id","kind");--> statement-breakpoint
CREATE INDEX "slip_by_household" ON "slip" USING btree ("community_id","household_id");--> statement-breakpoint
CREATE INDEX "slip_by_person" ON "slip" USING btree ("community_id","person_id");--> statement-breakpoint
CREATE INDEX "check_in_by_day" ON "check_in" USING btree ("community_id","day","grid");--> statement-breakpoint
CREATE INDEX "check_in_by_household" ON "check_in" USING btree ("community_id","household_id","day");--> statement-breakpoint
CREATE INDEX "errand_by_household" ON "errand" USING btree ("community_id","household_id");--> statement-breakpoint
CREATE INDEX "errand_by_claimer" ON "errand" USING btree ("community_id","claimed_by");--> statement-breakpoint
CREATE INDEX "errand_by_state" ON "errand" USING btree ("community_id","state","state_at");--> statement-breakpoint
CREATE INDEX "group_buy_item_by_round" ON "group_buy_item" USING btree ("community_id","group_buy_id");--> statement-breakpoint
CREATE INDEX "group_buy_order_by_round" ON "group_buy_order" USING btree ("community_id","group_buy_id");--> statement-breakpoint
CREATE INDEX "group_buy_order_by_household" ON "group_buy_order" USING btree ("community_id","household_id");--> statement-breakpoint
CREATE INDEX "notice_by_month" ON "notice" USING btree ("community_id","month");--> statement-breakpoint
CREATE INDEX "receipt_by_notice" ON "receipt" USING btree ("community_id","notice_id");--> statement-breakpoint
CREATE INDEX "receipt_by_household" ON "receipt" USING btree ("community_id","household_id");