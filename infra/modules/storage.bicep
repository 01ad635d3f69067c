param location string
param name string

var names = loadJsonContent('../storage-names.json')

resource account 'Microsoft.Storage/storageAccounts@2026-06-01' = {
  name: name
  location: location
  kind: 'StorageV2'
  sku: {
    name: 'Standard_LRS'
  }
  properties: {
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }

  resource blobService 'blobServices' = {
    name: 'default'

    resource containers 'containers' = [for it in names.containers: { name: it }]
  }

  resource queueService 'queueServices' = {
    name: 'default'

    resource queues 'queues' = [for it in names.queues: { name: it }]
  }

  resource tableService 'tableServices' = {
    name: 'default'

    resource tables 'tables' = [for it in names.tables: { name: it }]
  }
}

output id string = account.id
output name string = account.name
output blobEndpoint string = account.properties.primaryEndpoints.blob
