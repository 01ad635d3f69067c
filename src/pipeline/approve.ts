import { AirlockError } from "../model/airlock-error.ts";
import type { Approval, Finding } from "../model/finding.ts";
import { headOf } from "./entries.ts";
import { offer } from "./offer.ts";
import type { Ports } from "./ports.ts";

const weekMs = 7 * 24 * 60 * 60_000;

/** A person's answer to what was shown of one finding; recorded, then acted on like any other look. */
export async function answer(
  ports: Ports,
  { id, ...said }: Readonly<{ id: string; answer: Approval["answer"]; by: string; reason: string }>,
): Promise<Finding> {
  const finding = await theOne(ports, id);
  if (!finding.plan)
    throw new AirlockError(
      "invalid",
      `id ${finding.id}: nothing is planned that could be approved.`,
    );
  const at = ports.now();
  const until = new Date(at.getTime() + weekMs).toISOString();
  const { shown, resourceId } = finding;
  const approval: Approval = { ...said, shown, at: at.toISOString(), until };
  const { by, reason } = said;
  const action = said.answer === "approve" ? "approved" : "rejected";
  const head = headOf(ports, resourceId);
  await ports.journal.note(resourceId, {
    ...head,
    ruleId: finding.ruleId,
    action,
    by,
    reason,
    shown,
  });
  await ports.estate.approve(finding, approval);
  await offer(ports, resourceId, "approval");
  ports.log("info", "A person answered.", { ...said, resourceId, ruleId: finding.ruleId });
  return finding;
}

async function theOne({ estate }: Ports, id: string): Promise<Finding> {
  if (!/^[0-9a-f]{4,16}$/i.test(id))
    throw new AirlockError(
      "invalid",
      "id must be a finding's id, or at least four of its characters.",
    );
  const [finding, ...others] = await estate.find(id);
  if (!finding) throw new AirlockError("invalid", `id ${id}: there is no such finding.`);
  if (others.length > 0)
    throw new AirlockError("invalid", `id ${id}: several findings begin so; name more of it.`);
  return finding;
}
