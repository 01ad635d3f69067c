import * as z from "zod";

const text = (most: number) =>
  z.string("must be a text").min(1, "is empty").max(most, "is too long");

/** What people may ask, and where each field is checked; a field that is not known is refused. */
export const evaluateRequest = z.strictObject({
  resourceId: text(2048),
  mode: z
    .literal("observe", "can only be observe: a request narrows policy, never widens it")
    .optional(),
});

export const approvalRequest = z.strictObject({
  id: text(64),
  reason: text(1000),
  answer: z.enum(["approve", "reject"], "must be approve or reject").default("approve"),
});
