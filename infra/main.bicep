targetScope = 'subscription'

@description('Names the environment; every name that must be unique is made from it.')
@minLength(1)
@maxLength(64)
param environmentName string = 'airlock'

@description('Region of everything but the system topic, which is global.')
param location string = deployment().location

@description('How far Airlock goes by itself. observe: reports, and its identity can only read. drift: closes what was closed before and what is new. full: closes older resources too, where reachability can be proved.')
@allowed(['observe', 'drift', 'full'])
param enforcement string = 'drift'

@description('Ids of the central private DNS zones, separated by commas. In another subscription the identity needs read and join on them, which this deployment does not grant.')
param privateDnsZones string = ''

@description('Whether a cluster that loses nothing may be deleted and made again without asking.')
param allowComputeRecreate bool = false

@description('How events reach the app: through the storage queue, or straight to the function resourceEventsDirect. direct needs the code to be deployed already: provision again with it after the first azd up.')
@allowed(['queue', 'direct'])
param eventDelivery string = 'queue'

@description('The system topic of this subscription, when there is one already: a subscription can have only one. It must have a system-assigned identity.')
param existingSystemTopicName string = ''

@description('Resource group of the existing system topic.')
param existingSystemTopicResourceGroup string = ''

var token = uniqueString(subscription().id, environmentName, location)
var topicExists = !empty(existingSystemTopicName)
var topicName = topicExists ? existingSystemTopicName : 'evgt-airlock-${token}'
var topicGroupName = topicExists ? existingSystemTopicResourceGroup : group.name

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: {
    'azd-env-name': environmentName
  }
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: {
    location: location
    name: 'id-airlock-${token}'
  }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    location: location
    name: 'stairlock${token}'
  }
}

module storageRoles 'modules/storage-roles.bicep' = {
  scope: group
  params: {
    accountName: storage.outputs.name
    principalId: identity.outputs.principalId
  }
}

module estateRole 'modules/estate-role.bicep' = {
  params: {
    token: token
    principalId: identity.outputs.principalId
    mayRepair: enforcement != 'observe'
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    location: location
    token: token
    principalId: identity.outputs.principalId
  }
}

module functionApp 'modules/function-app.bicep' = {
  scope: group
  dependsOn: [storageRoles]
  params: {
    location: location
    token: token
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageAccountName: storage.outputs.name
    blobEndpoint: storage.outputs.blobEndpoint
    insightsConnectionString: monitoring.outputs.connectionString
    settings: {
      AIRLOCK_SUBSCRIPTIONS: subscription().subscriptionId
      AIRLOCK_ENFORCEMENT: enforcement
      AIRLOCK_PRIVATE_DNS_ZONES: privateDnsZones
      AIRLOCK_ALLOW_COMPUTE_RECREATE: allowComputeRecreate ? 'true' : 'false'
      'AzureWebJobs.${eventDelivery == 'queue' ? 'resourceEventsDirect' : 'resourceEvents'}.Disabled': 'true'
    }
  }
}

module systemTopic 'modules/system-topic.bicep' = {
  scope: resourceGroup(topicGroupName)
  params: {
    name: topicName
    exists: topicExists
  }
}

module topicRoles 'modules/topic-roles.bicep' = {
  scope: group
  params: {
    accountName: storage.outputs.name
    principalId: systemTopic.outputs.principalId
  }
}

module eventSubscriptions 'modules/event-subscriptions.bicep' = {
  scope: resourceGroup(topicGroupName)
  dependsOn: [topicRoles]
  params: {
    topicName: topicName
    storageAccountId: storage.outputs.id
    functionAppId: functionApp.outputs.id
    eventDelivery: eventDelivery
  }
}

output AZURE_LOCATION string = location
output AZURE_RESOURCE_GROUP string = group.name
output AIRLOCK_FUNCTION_APP string = functionApp.outputs.name
output AIRLOCK_STORAGE_ACCOUNT string = storage.outputs.name
output AIRLOCK_URL string = functionApp.outputs.url
