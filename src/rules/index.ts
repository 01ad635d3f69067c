import type { Rule } from "../model/rule.ts";
import { accountPublicNetworkAccessDisabled } from "./cognitive-services/public-network-access-disabled.ts";
import { clusterNodePublicIpDisabled } from "./machine-learning-computes/cluster-node-public-ip-disabled.ts";
import { instanceNodePublicIpDisabled } from "./machine-learning-computes/instance-node-public-ip-disabled.ts";
import { workspacePublicNetworkAccessDisabled } from "./machine-learning-workspaces/public-network-access-disabled.ts";
import { dnsZoneGroupComplete } from "./private-endpoints/dns-zone-group-complete.ts";
import { searchPublicNetworkAccessDisabled } from "./search/public-network-access-disabled.ts";

/** The catalogue, in its order. */
export const rules: readonly Rule[] = [
  accountPublicNetworkAccessDisabled,
  workspacePublicNetworkAccessDisabled,
  searchPublicNetworkAccessDisabled,
  dnsZoneGroupComplete,
  clusterNodePublicIpDisabled,
  instanceNodePublicIpDisabled,
];
