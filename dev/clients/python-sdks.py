"""Argument: what the simulator printed, as JSON. Prints a line a client, exits 1 at a difference."""
import json
import sys
import time
import traceback
import urllib.request

from azure.core.credentials import AccessToken
from azure.core.exceptions import ResourceNotFoundError
from azure.core.pipeline.transport import RequestsTransport
from azure.mgmt.cognitiveservices import CognitiveServicesManagementClient
from azure.mgmt.machinelearningservices import MachineLearningServicesMgmtClient
from azure.mgmt.privatedns import PrivateDnsManagementClient
from azure.mgmt.resource import ResourceManagementClient
from azure.mgmt.search import SearchManagementClient

sim = json.loads(sys.argv[1])
group = "ai-prod"


class Credential:
    def get_token(self, *_scopes, **_options):
        return AccessToken(sim["token"], int(time.time()) + 86400)


def client(kind):
    scopes = ["https://management.azure.com/.default"]
    subscription = sim["env"]["AIRLOCK_SUBSCRIPTIONS"]
    return kind(Credential(), subscription, base_url=sim["arm"], credential_scopes=scopes)


def same(found, wanted):
    assert found == wanted, f"{found!r} is not {wanted!r}"


def gone(read):
    try:
        read()
    except ResourceNotFoundError:
        return
    raise AssertionError("it is still there")


def cognitive_services():
    accounts = client(CognitiveServicesManagementClient).accounts
    same(len(list(accounts.list())), 4)
    body = {"properties": {"publicNetworkAccess": "Disabled"}}
    closed = accounts.begin_update(group, "vision-prod", body).result()
    same(closed.properties.public_network_access, "Disabled")


def search():
    services = client(SearchManagementClient).services
    same([it.name for it in services.list_by_subscription()], ["search-prod"])
    body = {"properties": {"publicNetworkAccess": "disabled"}}
    same(services.update(group, "search-prod", body).public_network_access, "Disabled")


def private_dns():
    zones = client(PrivateDnsManagementClient).private_zones
    made = zones.begin_create_or_update(group, "made.by.python", {"location": "global"}).result()
    same(made.provisioning_state, "Succeeded")
    changed = zones.begin_update(group, "made.by.python", {"tags": {"by": "python"}}).result()
    same(changed.tags, {"by": "python"})
    zones.begin_delete(group, "made.by.python").result()
    gone(lambda: zones.get(group, "made.by.python"))


def machine_learning():
    workspaces = client(MachineLearningServicesMgmtClient).workspaces
    same([it.name for it in workspaces.list_by_subscription()], ["ml-prod"])
    body = {"properties": {"publicNetworkAccess": "Disabled"}}
    workspaces.begin_update(group, "ml-prod", body).result()
    same(workspaces.get(group, "ml-prod").public_network_access, "Disabled")


def resources():
    manager = client(ResourceManagementClient)
    same(next(iter(manager.resource_groups.list())).name, group)
    wanted = "resourceType eq 'Microsoft.Search/searchServices'"
    same([it.name for it in manager.resources.list(filter=wanted)], ["search-prod"])
    manager.resource_groups.create_or_update("made-by-python", {"location": "westeurope"})
    manager.resource_groups.begin_delete("made-by-python").result()
    same(manager.resource_groups.check_existence("made-by-python"), False)


def wait(_transport, seconds):
    """Polls as patiently as Retry-After wants, but moves the clock in place of waiting."""
    body = json.dumps({"seconds": seconds}).encode()
    urllib.request.urlopen(sim["clock"], data=body).close()


RequestsTransport.sleep = wait
failed = False
for check in [cognitive_services, search, private_dns, machine_learning, resources]:
    try:
        check()
        print(f"ok      python {check.__name__}", flush=True)
    except Exception:
        failed = True
        print(f"differs python {check.__name__}: {traceback.format_exc()}", flush=True)
sys.exit(1 if failed else 0)
