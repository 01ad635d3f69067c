param accountName string
param principalId string

var queueDataMessageSender = 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a'
var blobDataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'

resource account 'Microsoft.Storage/storageAccounts@2026-06-01' existing = {
  name: accountName

  resource blobService 'blobServices' existing = {
    name: 'default'

    resource deadletter 'containers' existing = {
      name: 'deadletter'
    }
  }

  resource queueService 'queueServices' existing = {
    name: 'default'

    resource resourceEvents 'queues' existing = {
      name: 'resource-events'
    }
  }
}

resource sending 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account::queueService::resourceEvents
  name: guid(account::queueService::resourceEvents.id, principalId, queueDataMessageSender)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', queueDataMessageSender)
  }
}

resource deadLettering 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account::blobService::deadletter
  name: guid(account::blobService::deadletter.id, principalId, blobDataContributor)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobDataContributor)
  }
}
